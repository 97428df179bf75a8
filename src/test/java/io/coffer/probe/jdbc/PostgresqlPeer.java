package io.coffer.probe.jdbc;

import io.coffer.egress.TestCertificate;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL that asks for passwords by SCRAM and speaks TLS. */
final class PostgresqlPeer implements AutoCloseable {

  static final String PASSWORD = "pl4nted-p@ss/w?rd&x=1";

  private static final String ACCESS =
      """
      host     all  postgres  127.0.0.1/32  trust
      hostssl  all  tls_only  127.0.0.1/32  scram-sha-256
      hostssl  all  nobody    127.0.0.1/32  reject
      hostnossl all tls_only  127.0.0.1/32  reject
      host     all  all       127.0.0.1/32  scram-sha-256
      """;

  final TestCertificate authority = TestCertificate.authority();
  private final EmbeddedPostgres server;

  PostgresqlPeer(Path folder) throws IOException, SQLException {
    TestCertificate certificate = authority.signs("127.0.0.1");
    // The server runs as another user where the tests run as root.
    Path home = Files.createDirectories(folder.resolve("tls"));
    Path key = Files.writeString(home.resolve("server.key"), certificate.keyPem());
    Path chain = Files.writeString(home.resolve("server.crt"), certificate.pem());
    Path data = folder.resolve("data");
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("max_connections", "12")
            .start();
    Files.copy(chain, data.resolve("server.crt"));
    Files.copy(key, data.resolve("server.key"));
    for (String name : new String[] {"server.crt", "server.key"}) {
      Path file = data.resolve(name);
      Files.setOwner(file, Files.getOwner(data));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(data.resolve("pg_hba.conf"), ACCESS);
    run("alter system set ssl = on", "select pg_reload_conf()");
  }

  int port() {
    return server.getPort();
  }

  Connection admin() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  void run(String... statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        boolean unused = statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
