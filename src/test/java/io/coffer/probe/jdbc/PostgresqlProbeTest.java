package io.coffer.probe.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.egress.GuardedSockets;
import io.coffer.egress.TestSockets;
import io.coffer.probe.Finding;
import io.coffer.probe.Reason;
import io.coffer.probe.TlsFault;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PostgresqlProbeTest {

  private static final String PASSWORD = PostgresqlPeer.PASSWORD;

  private final GuardedSockets sockets = TestSockets.opening("loopback:1-65535");
  private PostgresqlPeer peer;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    peer = new PostgresqlPeer(folder);
    String login = " login password '" + PASSWORD + "'";
    peer.run(
        "create role reader" + login,
        "create role boss superuser" + login,
        "create role expired" + login + " valid until '2020-01-01'",
        "create role ending" + login + " valid until '2099-01-01 00:00:00+00'",
        "create role closed nologin password '" + PASSWORD + "'",
        "create role tls_only" + login,
        "create role nobody" + login,
        "create role single" + login + " connection limit 1",
        "create database sales",
        "create database secrets",
        "revoke connect on database secrets from public");
  }

  @AfterAll
  void stop() throws Exception {
    peer.close();
    sockets.close();
  }

  @AfterEach
  void nothingIsLeft() {
    assertThat(TestSockets.left(sockets)).isZero();
  }

  @Test
  void findsTheRightPasswordValid() {
    assertThat(as("reader", PASSWORD).verdict()).isEqualTo(Verdict.valid());
    assertThat(probing().as("reader", PASSWORD).verdict()).isEqualTo(Verdict.valid());
  }

  @Test
  void findsAWrongPasswordInvalid() {
    assertInvalid(as("reader", "wrong").verdict(), Reason.BAD_SECRET, "28P01");
  }

  @Test
  void findsAnUnknownRoleInvalid() {
    assertInvalid(as("who", PASSWORD).verdict(), Reason.BAD_SECRET, "28P01");
  }

  @Test
  void findsAnExpiredRoleInvalid() {
    assertInvalid(as("expired", PASSWORD).verdict(), Reason.BAD_SECRET, "28P01");
  }

  @Test
  void findsARoleThatMayNotLogInDisabled() {
    assertInvalid(as("closed", PASSWORD).verdict(), Reason.REVOKED_OR_DISABLED, "28000");
  }

  @Test
  void findsAMissingDatabaseUnusable() {
    Probing missing = as("reader", PASSWORD).with("database", "missing");

    assertUnusable(missing.verdict(), Reason.DATABASE_MISSING, "3D000");
    assertInvalid(missing.as("reader", "wrong").verdict(), Reason.BAD_SECRET, "28P01");
  }

  @Test
  void findsAForbiddenDatabaseUnusable() {
    Verdict verdict = as("reader", PASSWORD).with("database", "secrets").verdict();

    assertUnusable(verdict, Reason.MISSING_SCOPE, "42501");
  }

  @Test
  void warnsOfASuperuser() {
    assertThat(as("boss", PASSWORD).verdict())
        .isEqualTo(Verdict.valid().withWarnings(Warning.SUPERUSER));
  }

  @Test
  void tellsWhenARoleEnds() {
    assertThat(as("ending", PASSWORD).verdict().expiresAt())
        .isEqualTo(Instant.parse("2099-01-01T00:00:00Z"));
  }

  @Test
  void warnsOfAConnectionThatIsNotProtected() {
    assertThat(as("reader", PASSWORD).with("tls_mode", "disable").verdict())
        .isEqualTo(Verdict.valid().withWarnings(Warning.PLAIN_TEXT_CONNECTION));
    assertThat(unverified().with("tls_mode", "require").verdict())
        .isEqualTo(Verdict.valid().withWarnings(Warning.UNVERIFIED_CONNECTION));
  }

  @Test
  void saysThatTheServerRequiresTls() {
    Verdict verdict = as("tls_only", PASSWORD).with("tls_mode", "disable").verdict();

    assertUnknown(verdict, Reason.TLS, "28000");
    assertThat(verdict.tls()).isEqualTo(TlsFault.REQUIRED);
    assertThat(as("tls_only", PASSWORD).verdict()).isEqualTo(Verdict.valid());
  }

  @Test
  void saysThatTheServerLetsNobodyInFromHere() {
    assertUnknown(as("nobody", PASSWORD).verdict(), Reason.BLOCKED_BY_POLICY, "28000");
  }

  @Test
  void trustsNoCertificateOfAnUnknownAuthority() {
    Verdict verdict = unverified().verdict();

    assertUnknown(verdict, Reason.TLS, "08006");
    assertThat(verdict.tls()).isEqualTo(TlsFault.CERTIFICATE_UNTRUSTED);
  }

  @Test
  void trustsNoCertificateOfAnotherName() {
    try (GuardedSockets named = TestSockets.resolving("loopback:1-65535", "127.0.0.1")) {
      Probing probing =
          Probing.of(named, "postgresql")
              .with("host", "db.example")
              .with("port", (long) peer.port())
              .with("ca_certificate", peer.authority.pem())
              .as("reader", PASSWORD);

      Verdict full = probing.verdict();
      assertThat(full.reason()).isEqualTo(Reason.TLS);
      assertThat(full.tls()).isEqualTo(TlsFault.NAME_MISMATCH);
      assertThat(probing.with("tls_mode", "verify-ca").verdict()).isEqualTo(Verdict.valid());
    }
  }

  @Test
  void tellsALimitOfTheRoleFromOneOfTheServer() throws SQLException {
    try (Connection first = connect("single")) {
      assertThat(first.isValid(1)).isTrue();
      assertUnusable(as("single", PASSWORD).verdict(), Reason.QUOTA, "53300");
    }
    List<Connection> all = new ArrayList<>();
    try {
      while (all.size() < 20) {
        all.add(connect("reader"));
      }
    } catch (SQLException full) {
      assertThat(full.getSQLState()).isEqualTo("53300");
    }
    try {
      assertUnknown(as("reader", PASSWORD).verdict(), Reason.PROVIDER_ERROR, "53300");
    } finally {
      for (Connection one : all) {
        one.close();
      }
    }
  }

  @Test
  void cannotSayAnythingWithoutAPassword() {
    assertUnknown(as("reader", "").verdict(), Reason.INCONCLUSIVE, null);
  }

  @Test
  void readsTheGenericDatabaseByItsKind() {
    Probing generic =
        Probing.of(sockets, "database")
            .at(peer.port())
            .with("schema_type", "postgresql")
            .with("ca_certificate", peer.authority.pem())
            .as("reader", PASSWORD);

    assertThat(generic.verdict()).isEqualTo(Verdict.valid());
    assertThat(generic.with("schema_type", "oracle").verdict().reason())
        .isEqualTo(Reason.DRIVER_MISSING);
    assertThat(generic.with("schema_type", "static_file").verdict()).isEqualTo(Verdict.notProbed());
  }

  @Test
  void goesNowhereThatThePolicyForbids() {
    try (GuardedSockets closed = TestSockets.opening()) {
      Verdict verdict =
          Probing.of(closed, "postgresql").at(peer.port()).as("reader", PASSWORD).verdict();

      assertUnknown(verdict, Reason.BLOCKED_BY_POLICY, "loopback");
    }
  }

  @Test
  void showsItsPasswordToNobodyWhoWatchesTheServer() throws SQLException {
    CompletableFuture<Verdict> probing =
        CompletableFuture.supplyAsync(() -> as("reader", PASSWORD).verdict());
    StringBuilder seen = new StringBuilder();
    try (Connection admin = peer.admin();
        Statement statement = admin.createStatement()) {
      while (!probing.isDone()) {
        try (ResultSet rows =
            statement.executeQuery(
                "select coalesce(string_agg(a::text, ' '), '') from pg_stat_activity a")) {
          assertThat(rows.next()).isTrue();
          seen.append(rows.getString(1));
        }
      }
    }
    assertThat(probing.join()).isEqualTo(Verdict.valid());
    assertThat(seen).contains("reader").doesNotContain(PASSWORD);
  }

  private Connection connect(String role) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + peer.port() + "/sales?sslmode=disable", role, PASSWORD);
  }

  private Probing unverified() {
    return Probing.of(sockets, "postgresql").at(peer.port()).as("reader", PASSWORD);
  }

  private Probing probing() {
    return Probing.of(sockets, "postgresql")
        .at(peer.port())
        .with("ca_certificate", peer.authority.pem());
  }

  private Probing as(String user, String password) {
    return probing().with("database", "sales").as(user, password);
  }

  private static void assertInvalid(Verdict verdict, Reason reason, String code) {
    assertThat(verdict).isEqualTo(Verdict.invalid(reason).withCode(code));
  }

  private static void assertUnusable(Verdict verdict, Reason reason, String code) {
    assertThat(verdict).isEqualTo(Verdict.unusable(reason).withCode(code));
  }

  private static void assertUnknown(Verdict verdict, Reason reason, @Nullable String code) {
    assertThat(verdict.finding()).isEqualTo(Finding.UNKNOWN);
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.usable()).isNull();
    assertThat(verdict.code()).isEqualTo(code);
  }
}
