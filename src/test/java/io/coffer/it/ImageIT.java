package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.deploy.Containerfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is put into the image is what the build made, and all of it. */
class ImageIT {

  private static final Path PACKAGED = Path.of("target", "quarkus-app");

  /** A list for tools that look for weak points; nothing reads it when the application runs. */
  private static final Path NOT_NEEDED = PACKAGED.resolve("quarkus-app-dependencies.txt");

  @Test
  void holdsAllThatWasPackaged() throws IOException {
    try (Stream<Path> made = Files.list(PACKAGED)) {
      List<Path> needed = made.filter(path -> !path.equals(NOT_NEEDED)).toList();
      assertThat(Containerfile.sources())
          .filteredOn(source -> source.startsWith(PACKAGED))
          .containsExactlyInAnyOrderElementsOf(needed);
    }
  }

  @Test
  void startsWhatIsInIt() throws IOException {
    assertThat(Files.readString(Path.of("Containerfile")))
        .contains(
            "ENTRYPOINT [\"java\", \"-XX:AOTCache=/opt/coffer/coffer.aot\", \"-jar\","
                + " \"/opt/coffer/quarkus-run.jar\"]");
    assertThat(PACKAGED.resolve("quarkus-run.jar")).isNotEmptyFile();
  }
}
