package io.coffer.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What dev mode does with a database server that a killed run left behind. */
class OrphanedDatabaseTest {

  private static final long LIMIT_SECONDS = 120;

  private static final Path FOLDER = folder();

  @Test
  void startsOnTheFilesOfAKilledRunAndFindsWhatWasStored() throws Exception {
    Path data = FOLDER.resolve("postgresql");
    Process killed =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName(),
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("killed.log").toFile())
            .start();
    assertThat(killed.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(killed.exitValue()).isEqualTo(KilledRun.STATUS);
    long left = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isPresent();

    int port = EmbeddedDatabase.start(data);
    try (Connection connection = connect(port);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select word from kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("there");
    }
    assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isEmpty();
    assertThatThrownBy(() -> EmbeddedDatabase.start(data))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another Coffer")
        .hasMessageContaining("coffer.dev.directory");
  }

  @Test
  void leavesProcessesAloneThatAreNoneOfIts() throws IOException {
    Path data = Files.createDirectories(FOLDER.resolve("other"));
    String me = Long.toString(ProcessHandle.current().pid());
    for (String note : new String[] {me + "\n" + data + "\n12345\n5432\n", me, "", "x\ny\nz\n"}) {
      Files.writeString(data.resolve("postmaster.pid"), note);
      OrphanedDatabase.stop(data);
    }
    OrphanedDatabase.stop(FOLDER.resolve("absent"));
  }

  /** The server of this JVM uses it until the end. */
  private static Path folder() {
    try {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "orphaned-database");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "postgres");
  }
}
