package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start script, in a project whose path has a space, with only the programs that it is given.
 */
@DisabledOnOs(OS.WINDOWS)
class MvnwTest {

  private static final String VERSION = "3.9.16";
  private static final List<String> PROGRAMS =
      List.of(
          "sh",
          "sed",
          "head",
          "tail",
          "dirname",
          "readlink",
          "mktemp",
          "cut",
          "chmod",
          "mv",
          "rm",
          "mkdir",
          "sha512sum",
          "cat",
          "cp");

  @TempDir Path scratch;
  private Path project;
  private Path programs;

  private record Run(int exitCode, String output) {}

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(scratch.resolve("a project"));
    Files.copy(Path.of("mvnw"), project.resolve("mvnw"));
    programs = Files.createDirectories(scratch.resolve("bin"));
    for (String program : PROGRAMS) {
      Path found =
          Stream.of("/bin", "/usr/bin", "/usr/local/bin")
              .map(folder -> Path.of(folder, program))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(programs.resolve(program), found);
    }
  }

  @Test
  void passesAllArgumentsToAMavenThatIsNewEnough() throws Exception {
    program("mvn", "echo '\033[1mApache Maven 3.10.1\033[m'; printf '<%s>' \"$JAVA_HOME\" \"$@\"");

    Run run = run("-Dname=two words", "verify");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .endsWith("<-Dname=two words><verify>")
        .contains("<" + javaHome() + ">");
    assertThat(project.resolve(".mvn")).doesNotExist();
  }

  @Test
  void fetchesThePinnedMavenOnceThroughAnOlderOne() throws Exception {
    pin(archive(scratch.resolve("maven.zip")));
    program("mvn", olderMaven());

    Run first = run("validate");
    Files.delete(programs.resolve("mvn"));
    Run second = run("verify", "-q");

    assertThat(first.output())
        .contains("fetching Maven " + VERSION)
        .endsWith("pinned <validate>\n");
    assertThat(second).isEqualTo(new Run(0, "pinned <verify> <-q>\n"));
  }

  @Test
  void twoFirstRunsAtOnceDoEachOtherNoHarm() throws Exception {
    pin(archive(scratch.resolve("maven.zip")));
    program("mvn", olderMaven());

    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start("validate"));
    }
    for (Process process : processes) {
      assertThat(finish(process).output()).endsWith("pinned <validate>\n");
    }
    try (Stream<Path> left = Files.list(project.resolve(".mvn/maven"))) {
      assertThat(left).containsExactly(project.resolve(".mvn/maven/apache-maven-" + VERSION));
    }
  }

  @Test
  void throwsAwayAnArchiveThatIsNotThePinnedOne() throws Exception {
    archive(scratch.resolve("maven.zip"));
    program("mvn", olderMaven());

    Run run = run("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("mvnw: the archive of Maven " + VERSION, "pinned checksum");
    try (Stream<Path> left = Files.list(project.resolve(".mvn/maven"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void saysWhatIsMissingWhenThereIsNoMavenAndNoWayToOne() throws Exception {
    Run run = run("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("mvnw: Maven 3.9 or newer is not installed");
  }

  @Test
  void saysWhatIsMissingWhenThereIsNoJdk() throws Exception {
    Path script = project.resolve("mvnw");
    Files.writeString(
        script, Files.readString(script).replace("java_needed=25", "java_needed=999"));

    Run run = run("verify");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).startsWith("mvnw: no JDK 999 or newer was found").hasLineCount(1);
  }

  /** An older Maven that can do one thing: hand out the archive. */
  private String olderMaven() {
    return """
        case "$1" in
          --version) echo 'Apache Maven 3.8.7' ;;
          *) cp '%s' apache-maven-%s-bin.zip ;;
        esac
        """
        .formatted(scratch.resolve("maven.zip"), VERSION);
  }

  /** A Maven that prints its arguments; returns the archive's checksum. */
  @CanIgnoreReturnValue
  private static String archive(Path file) throws Exception {
    String script = "#!/bin/sh\nprintf pinned\nprintf ' <%s>' \"$@\"\necho\n";
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String name : List.of("mvn", "mvnDebug")) {
        zip.putNextEntry(new ZipEntry("apache-maven-" + VERSION + "/bin/" + name));
        zip.write(script.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private void pin(String checksum) throws IOException {
    Path script = project.resolve("mvnw");
    Files.writeString(
        script,
        Files.readString(script)
            .replaceFirst("maven_sha512=[0-9a-f]+", "maven_sha512=" + checksum));
  }

  private void program(String name, String body) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Run run(String... arguments) throws Exception {
    return finish(start(arguments));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", project.resolve("mvnw").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", programs.toString(), "HOME", scratch.toString(), "JAVA_HOME", javaHome()));
    return builder.start();
  }

  private static Run finish(Process process) throws Exception {
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Run(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String javaHome() {
    return System.getProperty("java.home");
  }
}
