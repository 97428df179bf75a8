package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image holds the packaged application, runs it without rights, and is built as described. */
class ContainerfileTest {

  private static final Path PACKAGED = Path.of("target", "quarkus-app");
  private static final Path TRAINING = Path.of("deploy", "image", "train");

  @Test
  void consistsOfInstructionsThatAddNothingFromElsewhere() {
    assertThat(Containerfile.instructions())
        .extracting(Containerfile.Instruction::name)
        .containsOnly(
            "ARG",
            "FROM",
            "COPY",
            "ENV",
            "RUN",
            "WORKDIR",
            "USER",
            "EXPOSE",
            "STOPSIGNAL",
            "ENTRYPOINT");
    assertThat(Containerfile.only("RUN")).isEqualTo("/opt/coffer/train /opt/coffer");
  }

  @Test
  void standsOnABaseWithAVersion() {
    assertThat(Containerfile.only("ARG"))
        .matches("BASE=[a-z0-9.]+/[a-z0-9/-]+:[0-9][a-z0-9.-]*")
        .doesNotContain("latest");
    assertThat(Containerfile.only("FROM")).isEqualTo("${BASE}");
  }

  @Test
  void runsWithoutRightsAndTakesSignals() {
    assertThat(Containerfile.only("USER")).matches("[1-9][0-9]{3,}:[1-9][0-9]{3,}");
    assertThat(Containerfile.only("WORKDIR")).startsWith("/");
    assertThat(Containerfile.only("ENTRYPOINT")).startsWith("[\"java\",").endsWith("]");
    assertThat(Containerfile.only("ENV")).doesNotContainIgnoringCase("password", "secret", "token");
  }

  @Test
  void takesThePackagedApplicationAndItsTrainingAlone() {
    assertThat(Containerfile.sources())
        .contains(TRAINING)
        .allMatch(source -> source.startsWith(PACKAGED) || source.equals(TRAINING))
        .doesNotHaveDuplicates();
    for (String file : new String[] {".containerignore", ".dockerignore"}) {
      assertThat(Containerfile.ignored(file))
          .as(file)
          .containsExactly("*", "!" + PACKAGED, "!" + TRAINING);
    }
  }

  @Test
  void isBuiltByTheLinesOfTheReadme() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String version =
        Manifests.parse(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
            .objects()
            .getFirst()
            .path("appVersion")
            .asText();
    Matcher build =
        Pattern.compile("podman build --file (\\S+) --tag (\\S+) \\.\n").matcher(readme);
    assertThat(build.find()).isTrue();
    assertThat(Path.of(build.group(1))).isEqualTo(Containerfile.FILE);
    assertThat(build.group(2)).isEqualTo("images.example.org/coffer:" + version);
    assertThat(readme).contains("podman push " + build.group(2) + "\n", "./mvnw -Dquick package\n");
  }
}
