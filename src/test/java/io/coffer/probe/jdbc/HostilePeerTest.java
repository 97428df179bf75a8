package io.coffer.probe.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.egress.GuardedSockets;
import io.coffer.egress.TestPeer;
import io.coffer.egress.TestPeer.Behaviour;
import io.coffer.egress.TestSockets;
import io.coffer.probe.Finding;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are none, or mean ill. */
class HostilePeerTest {

  private static final String SECRET = "planted-password";

  private final GuardedSockets sockets = TestSockets.opening("loopback:1-65535");

  @AfterEach
  void nothingIsLeft() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (TestSockets.left(sockets) > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(TestSockets.left(sockets)).isZero();
    sockets.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "mssql", "redshift"})
  void endsAtTheDeadlineWhereNobodySpeaks(String slug) {
    assertEnds(slug, (_, c) -> c.getInputStream().readAllBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "mssql", "redshift"})
  void endsAtTheDeadlineWhereOneByteComesAtATime(String slug) {
    assertEnds(
        slug,
        (_, c) -> {
          // The lengths of packets that never end, one byte at a time.
          byte[] head =
              slug.equals("mysql")
                  ? new byte[] {(byte) 0xff, (byte) 0xff, 0, 0, 10}
                  : new byte[] {'R', 0, 0, 64};
          for (byte one : head) {
            c.getOutputStream().write(one);
          }
          while (true) {
            c.getOutputStream().write('x');
            TimeUnit.MILLISECONDS.sleep(50);
          }
        });
  }

  private void assertEnds(String slug, Behaviour behaviour) {
    try (TestPeer peer = TestPeer.plain(behaviour)) {
      Instant begun = Instant.now();

      Verdict verdict = at(slug, peer).within(Duration.ofMillis(700)).verdict();

      assertThat(verdict.finding()).isEqualTo(Finding.UNKNOWN);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql, disable",
    "postgresql, require",
    "postgresql, verify-full",
    "mysql, disable",
    "mysql, require",
    "mysql, verify-full",
    "mssql, disable",
    "mssql, require",
    "mssql, verify-full",
    "mssql, strict",
    "redshift, disable",
    "redshift, require",
    "redshift, verify-ca",
    "redshift, verify-full",
  })
  void saysThatNobodyListens(String slug, String tlsMode) {
    int port;
    try (TestPeer peer = TestPeer.plain((_, _) -> {})) {
      port = peer.port();
    }
    Verdict verdict =
        Probing.of(sockets, slug)
            .at(port)
            .as("user", SECRET)
            .with("tls_mode", tlsMode)
            .with("database", "d")
            .verdict();

    assertThat(verdict).isEqualTo(Verdict.unknown(Reason.NETWORK).withCode("refused"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "mssql", "redshift"})
  void saysNothingOfTheValueWhereTheConnectionIsCut(String slug) {
    assertUnknown(slug, (_, c) -> c.setSoLinger(true, 0));
    assertUnknown(
        slug, (_, c) -> c.getOutputStream().write("SSH-2.0-OpenSSH_9\r\n".getBytes(UTF_8)));
    assertUnknown(
        slug,
        (_, c) -> c.getOutputStream().write("HTTP/1.1 401 Unauthorized\r\n\r\n".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mysql", "mssql", "redshift"})
  void readsNoEndlessBanner(String slug) {
    assertUnknown(
        slug,
        (_, c) -> {
          byte[] chunk = new byte[8192];
          java.util.Arrays.fill(chunk, (byte) 1);
          while (true) {
            c.getOutputStream().write(chunk);
          }
        });
  }

  private void assertUnknown(String slug, Behaviour behaviour) {
    try (TestPeer peer = TestPeer.plain(behaviour)) {
      Verdict verdict = at(slug, peer).within(Duration.ofSeconds(4)).verdict();

      assertThat(verdict.finding()).isEqualTo(Finding.UNKNOWN);
    }
  }

  @Test
  void computesNoBillionRoundsForAServer() {
    Behaviour scram =
        (_, c) -> {
          DataInputStream in = new DataInputStream(c.getInputStream());
          in.readFully(new byte[in.readInt() - 4]);
          message(c, 'R', join(number(10), "SCRAM-SHA-256\0\0".getBytes(UTF_8)));
          in.readByte();
          String first = new String(in.readNBytes(in.readInt() - 4), UTF_8);
          String nonce = first.substring(first.indexOf("r=") + 2);
          message(
              c,
              'R',
              join(
                  number(11),
                  ("r=" + nonce + "server,s=c2FsdHNhbHQ=,i=1000000000").getBytes(UTF_8)));
          in.readAllBytes();
        };
    try (TestPeer peer = TestPeer.plain(scram)) {
      Instant begun = Instant.now();

      Verdict verdict = at("postgresql", peer).verdict();

      assertThat(verdict.finding()).isEqualTo(Finding.UNKNOWN);
      assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "28P01, auth_failed, INVALID, BAD_SECRET",
    "28000, InitializeSessionUserId, INVALID, REVOKED_OR_DISABLED",
    "28000, ClientAuthentication, UNKNOWN, TLS",
    "3D000, InitPostgres, VALID, DATABASE_MISSING",
    "42501, CheckMyDatabase, VALID, MISSING_SCOPE",
    "53300, CheckMyDatabase, VALID, QUOTA",
    "53300, InitProcess, UNKNOWN, PROVIDER_ERROR",
    "57P03, ProcessStartupPacket, UNKNOWN, PROVIDER_ERROR",
    "55000, CheckMyDatabase, UNKNOWN, PROVIDER_ERROR",
    "57014, x, UNKNOWN, TIMEOUT",
    "XX000, x, UNKNOWN, INCONCLUSIVE",
    "0A000, x, UNKNOWN, INCONCLUSIVE",
    "08P01, x, UNKNOWN, WRONG_ENDPOINT",
  })
  void readsErrorsOfPostgresqlByStateAndPlace(
      String state, String routine, Finding finding, Reason reason) {
    Behaviour failing =
        (_, c) -> {
          DataInputStream in = new DataInputStream(c.getInputStream());
          in.readFully(new byte[in.readInt() - 4]);
          String fields =
              "SFATAL\0VFATAL\0C"
                  + state
                  + "\0Mpassword "
                  + SECRET
                  + " is bad\0R"
                  + routine
                  + "\0\0";
          message(c, 'E', fields.getBytes(UTF_8));
        };
    try (TestPeer peer = TestPeer.plain(failing)) {
      Verdict verdict = at("postgresql", peer).verdict();

      assertThat(verdict.finding()).isEqualTo(finding);
      assertThat(verdict.reason()).isEqualTo(reason);
      assertThat(verdict.code()).isEqualTo(state);
      assertThat(verdict.toString()).doesNotContain(SECRET);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1045, 28000, INVALID, BAD_SECRET",
    "1698, 28000, INVALID, BAD_SECRET",
    "3118, HY000, INVALID, REVOKED_OR_DISABLED",
    "4151, HY000, INVALID, REVOKED_OR_DISABLED",
    "1862, HY000, INVALID, EXPIRED",
    "1044, 42000, VALID, MISSING_SCOPE",
    "1049, 42000, VALID, DATABASE_MISSING",
    "1226, 42000, VALID, QUOTA",
    "1130, HY000, UNKNOWN, BLOCKED_BY_POLICY",
    "1129, HY000, UNKNOWN, BLOCKED_BY_POLICY",
    "1040, 08004, UNKNOWN, PROVIDER_ERROR",
    "3159, HY000, UNKNOWN, TLS",
    "1251, 08004, UNKNOWN, INCONCLUSIVE",
    "9999, HY000, UNKNOWN, INCONCLUSIVE",
  })
  void readsErrorsOfMysqlByTheirNumber(int code, String state, Finding finding, Reason reason) {
    Behaviour failing =
        (_, c) -> {
          OutputStream out = c.getOutputStream();
          out.write(packet(0, greeting()));
          c.getInputStream().readNBytes(4);
          byte[] error =
              join(
                  new byte[] {(byte) 0xff, (byte) code, (byte) (code >> 8)},
                  ("#" + state + "no " + SECRET).getBytes(UTF_8));
          out.write(packet(2, error));
          out.flush();
          c.getInputStream().readAllBytes();
        };
    try (TestPeer peer = TestPeer.plain(failing)) {
      Verdict verdict = at("mysql", peer).verdict();

      assertThat(verdict.finding()).isEqualTo(finding);
      assertThat(verdict.reason()).isEqualTo(reason);
      assertThat(verdict.code()).isEqualTo(Integer.toString(code));
      assertThat(verdict.toString()).doesNotContain(SECRET);
    }
  }

  @Test
  void sendsNoFileToAServerThatAsksForOne() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    int localFiles = 0x80;
    Behaviour asking =
        (_, c) -> {
          OutputStream out = c.getOutputStream();
          out.write(packet(0, greeting()));
          byte[] head = c.getInputStream().readNBytes(4);
          byte[] answer = c.getInputStream().readNBytes(head[0] & 0xff | (head[1] & 0xff) << 8);
          received.write(answer);
          out.write(packet(2, new byte[] {0, 0, 0, 2, 0, 0, 0}));
          while (true) {
            byte[] query = c.getInputStream().readNBytes(4);
            received.write(c.getInputStream().readNBytes(query[0] & 0xff));
            out.write(packet(1, join(new byte[] {(byte) 0xfb}, "/etc/passwd".getBytes(UTF_8))));
          }
        };
    try (TestPeer peer = TestPeer.plain(asking)) {
      Verdict verdict = at("mysql", peer).within(Duration.ofSeconds(3)).verdict();

      assertThat(verdict.finding()).isEqualTo(Finding.UNKNOWN);
      byte[] all = received.toByteArray();
      assertThat(all).isNotEmpty();
      assertThat(all[0] & localFiles).isZero();
      assertThat(new String(all, UTF_8)).doesNotContain("root:").doesNotContain(SECRET);
    }
  }

  private Probing at(String slug, TestPeer peer) {
    return Probing.of(sockets, slug)
        .at(peer.port())
        .with("tls_mode", "disable")
        .with("database", "d")
        .as("user", SECRET);
  }

  /** A server's first words: version 10, plain passwords' hash, no TLS. */
  private static byte[] greeting() {
    return join(
        new byte[] {10},
        "8.0.36\0".getBytes(UTF_8),
        new byte[] {1, 0, 0, 0},
        "abcdefgh\0".getBytes(UTF_8),
        new byte[] {(byte) 0xff, (byte) 0xf7, 45, 2, 0, (byte) 0xff, (byte) 0x81, 21},
        new byte[10],
        "ijklmnopqrst\0".getBytes(UTF_8),
        "mysql_native_password\0".getBytes(UTF_8));
  }

  private static byte[] packet(int sequence, byte[] content) {
    return join(
        new byte[] {(byte) content.length, (byte) (content.length >> 8), 0, (byte) sequence},
        content);
  }

  private static void message(Socket connection, char kind, byte[] content) throws IOException {
    connection
        .getOutputStream()
        .write(join(new byte[] {(byte) kind}, number(content.length + 4), content));
    connection.getOutputStream().flush();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
