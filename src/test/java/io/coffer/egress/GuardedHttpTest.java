package io.coffer.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.egress.EgressFailure.Blocked;
import io.coffer.egress.EgressFailure.Garbled;
import io.coffer.egress.EgressFailure.Timeout;
import io.coffer.egress.EgressFailure.Tls;
import io.coffer.egress.EgressFailure.TooLarge;
import io.coffer.egress.EgressFailure.Unreachable;
import io.coffer.egress.EgressFailure.Unreachable.Kind;
import io.coffer.secret.SecretValue;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedHttpTest {

  private static final TestCertificate AUTHORITY = TestCertificate.authority();
  private static final String OPENED = "loopback:1-65535";
  private static final String SECRET = "sk-planted-secret";
  private static Vertx vertx = Vertx.vertx();

  private @Nullable TestPeer peer;

  private record HttpSettings(Duration connectTimeout, Duration tlsTimeout)
      implements EgressConfig.Http {}

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void closePeer() {
    if (peer != null) {
      peer.close();
    }
  }

  @Test
  void sendsMethodPathHeadersAndBody() {
    TestPeer server = plain(TestPeer.answering("200 OK", "X-One: 1\r\n", "{\"ok\":true}"));
    SecretValue key = SecretValue.ofText(SECRET);
    SecretValue body = SecretValue.ofText("{\"é\":1}");

    HttpAnswer answer =
        send(
            HttpCall.of("POST", url("http", server, "/v1/x?y=%20z"), TestPolicies.ORGANIZATION)
                .header("Authorization", key)
                .body("application/json", body));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("x-ONE")).contains("1");
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{\"ok\":true}");
    assertThat(server.requests().getFirst())
        .startsWith("POST /v1/x?y=%20z HTTP/1.1\r\n")
        .containsIgnoringCase("authorization: " + SECRET)
        .containsIgnoringCase("host: 127.0.0.1:" + server.port())
        .doesNotContainIgnoringCase("accept-encoding")
        .endsWith("{\"é\":1}");
    assertThat(key.isClosed()).isTrue();
    assertThat(body.isClosed()).isTrue();
  }

  @Test
  void closesTheCallThatWasBlocked() {
    SecretValue key = SecretValue.ofText(SECRET);
    HttpCall call =
        HttpCall.of("GET", URI.create("https://127.0.0.1/"), TestPolicies.ORGANIZATION)
            .header("Authorization", key);

    assertThatThrownBy(() -> send(call, TestPolicies.guard()))
        .isInstanceOfSatisfying(Blocked.class, b -> assertThat(b.rule()).isEqualTo("loopback"));
    assertThat(key.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void answersRedirectsAndFollowsNone(int status) {
    TestPeer inside = TestPeer.plain(TestPeer.answering("200 OK", "", "inside"));
    try (inside) {
      String location = "Location: http://127.0.0.1:" + inside.port() + "/latest/meta-data/\r\n";
      TestPeer server = plain(TestPeer.answering(status + " Moved", location, ""));

      HttpAnswer answer = send(call(server));

      assertThat(answer.status()).isEqualTo(status);
      assertThat(inside.requests()).isEmpty();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void forgetsCookies() {
    TestPeer server = plain(TestPeer.answering("200 OK", "Set-Cookie: a=b; Path=/\r\n", ""));
    GuardedHttp http = http(TestPolicies.guard(OPENED));
    try (http) {
      await(http, call(server)).close();
      await(http, call(server)).close();
    }

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().getLast()).doesNotContainIgnoringCase("cookie");
  }

  @Test
  void readsNoMoreThanItWasTold() {
    TestPeer server =
        plain(
            (peer, connection) -> {
              peer.readRequest(connection);
              OutputStream out = connection.getOutputStream();
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n".getBytes(UTF_8));
              byte[] chunk = new byte[8192];
              while (true) {
                out.write(chunk);
              }
            });

    assertThatThrownBy(() -> send(call(server))).isInstanceOf(TooLarge.class);
    assertGone(server);
  }

  @Test
  void takesABodyOfExactlyThatMany() {
    TestPeer server = plain(TestPeer.answering("200 OK", "", "12345"));

    assertThat(send(call(server).maxBytes(5)).body()).hasSize(5);
    assertThatThrownBy(() -> send(call(server).maxBytes(4))).isInstanceOf(TooLarge.class);
  }

  @Test
  void inflatesNothing() throws Exception {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[10_000_000]);
    }
    byte[] small = bomb.toByteArray();
    TestPeer server =
        plain(
            (peer, connection) -> {
              peer.readRequest(connection);
              connection
                  .getOutputStream()
                  .write(
                      ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                              + small.length
                              + "\r\n\r\n")
                          .getBytes(UTF_8));
              connection.getOutputStream().write(small);
            });

    assertThat(send(call(server)).body()).isEqualTo(small);
  }

  @Test
  void endsASlowDripAtTheDeadline() {
    TestPeer server =
        plain(
            (peer, connection) -> {
              peer.readRequest(connection);
              OutputStream out = connection.getOutputStream();
              out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(UTF_8));
              while (true) {
                out.write('x');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
              }
            });
    Instant begun = Instant.now();

    assertThatThrownBy(() -> send(call(server).deadline(Duration.ofMillis(400))))
        .isInstanceOf(Timeout.class);
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
    assertGone(server);
  }

  @Test
  void endsASilenceAtTheDeadline() {
    CountDownLatch end = new CountDownLatch(1);
    TestPeer server = plain((_, _) -> end.await());

    assertThatThrownBy(() -> send(call(server).deadline(Duration.ofMillis(300))))
        .isInstanceOf(Timeout.class);
    end.countDown();
  }

  @Test
  void endsAHandshakeThatHangs() {
    CountDownLatch end = new CountDownLatch(1);
    TestPeer server = plain((_, _) -> end.await());
    HttpCall call =
        HttpCall.of("GET", url("https", server, "/"), TestPolicies.ORGANIZATION)
            .deadline(Duration.ofSeconds(20));

    try (GuardedHttp hasty = http(TestPolicies.guard(OPENED), Duration.ofMillis(300))) {
      assertThatThrownBy(() -> await(hasty, call)).isInstanceOf(Timeout.class);
    }
    end.countDown();
  }

  @Test
  void saysWhatBecameOfAConnection() throws Exception {
    int free;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      free = server.getLocalPort();
    }
    assertUnreachable(
        HttpCall.of("GET", URI.create("http://127.0.0.1:" + free + "/"), TestPolicies.ORGANIZATION),
        Kind.REFUSED);
    assertUnreachable(call(plain((peer, c) -> peer.readRequest(c))), Kind.CLOSED);
    assertUnreachable(call(plain((_, c) -> c.setSoLinger(true, 0))), Kind.CLOSED);
    assertUnreachable(
        call(
            plain(
                (peer, c) -> {
                  peer.readRequest(c);
                  c.getOutputStream()
                      .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc".getBytes(UTF_8));
                })),
        Kind.CLOSED);
  }

  @Test
  void saysThatAnAnswerIsNoHttp() {
    TestPeer server =
        plain(
            (peer, c) -> {
              peer.readRequest(c);
              c.getOutputStream().write("SSH-2.0-OpenSSH\r\n\r\n".getBytes(UTF_8));
            });

    List<String> logged = new CopyOnWriteArrayList<>();
    Handler capture = new Capture(logged);
    Logger.getLogger("").addHandler(capture);
    try {
      assertThatThrownBy(() -> send(call(server)))
          .isInstanceOf(Garbled.class)
          .hasMessageNotContaining("OpenSSH");
    } finally {
      Logger.getLogger("").removeHandler(capture);
    }
    assertThat(logged).noneMatch(line -> line.contains("OPENSSH"));
  }

  /** Keeps messages. */
  private static final class Capture extends Handler {
    private final List<String> lines;

    Capture(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage() + line.getThrown());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void sendsASecretInTheClearOnlyWhereAnOperatorOpenedTheWay() {
    EgressGuard open =
        TestPolicies.guard(TestPolicies.standard(), TestPolicies.answering("203.0.114.7"));

    assertThatThrownBy(
            () ->
                send(
                    HttpCall.of(
                        "GET", URI.create("http://api.example:8080/"), TestPolicies.ORGANIZATION),
                    open))
        .isInstanceOfSatisfying(Blocked.class, b -> assertThat(b.rule()).isEqualTo("plain_http"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://u:p@h.example/",
        "ftp://h.example/",
        "https:///x",
        "https://h.example/#x",
        "file:///etc/passwd",
        "https://h_x.example/",
        "//h.example/"
      })
  void callsNoOddUrl(String url) {
    assertThatThrownBy(() -> send(HttpCall.of("GET", URI.create(url), TestPolicies.ORGANIZATION)))
        .isInstanceOf(Blocked.class)
        .hasMessageNotContaining("h.example");
  }

  @Test
  void refusesHeadersThatHideOthers() {
    TestPeer server = plain(TestPeer.answering("200 OK", "", ""));

    assertThatThrownBy(() -> send(call(server).header("X-A", "b\r\nX-C: " + SECRET)))
        .isInstanceOf(Blocked.class)
        .hasMessageNotContaining(SECRET);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void trustsTheAuthorityThatItIsGiven() {
    TestPeer server = tls(AUTHORITY.signs("127.0.0.1"));
    HttpCall call =
        HttpCall.of("GET", url("https", server, "/"), TestPolicies.ORGANIZATION)
            .trusting(AUTHORITY.pem());

    assertThat(send(call).status()).isEqualTo(200);
  }

  @Test
  void connectsToThePinnedAddressUnderTheNamesCertificate() {
    TestPeer server = tls(AUTHORITY.signs("api.example"));
    EgressGuard guard =
        TestPolicies.guard(TestPolicies.allowing(OPENED), TestPolicies.answering("127.0.0.1"));
    HttpCall call =
        HttpCall.of(
                "GET",
                URI.create("https://api.example:" + server.port() + "/x"),
                TestPolicies.ORGANIZATION)
            .trusting(AUTHORITY.pem());

    assertThat(send(call, guard).status()).isEqualTo(200);
    assertThat(server.requests().getFirst())
        .containsIgnoringCase("host: api.example:" + server.port());
  }

  @Test
  void triesTheNextAddressWhereTheFirstIsNotConnectedTo() {
    TestPeer server = plain(TestPeer.answering("200 OK", "", ""));
    EgressGuard guard =
        TestPolicies.guard(
            TestPolicies.allowing(OPENED), TestPolicies.answering("127.0.0.2", "127.0.0.1"));
    HttpCall call =
        HttpCall.of(
            "GET",
            URI.create("http://api.example:" + server.port() + "/"),
            TestPolicies.ORGANIZATION);

    assertThat(send(call, guard).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"self-signed, UNTRUSTED", "other name, WRONG_NAME", "expired, EXPIRED"})
  void sendsNothingUnderAWrongCertificate(String wrong, TlsTrouble trouble) {
    TestPeer server =
        switch (wrong) {
          case "self-signed" -> tls(TestCertificate.authority().signs("127.0.0.1"));
          case "other name" -> tls(AUTHORITY.signs("other.example"));
          default -> tls(AUTHORITY.signedOnce("127.0.0.1"));
        };
    HttpCall call =
        HttpCall.of("GET", url("https", server, "/"), TestPolicies.ORGANIZATION)
            .trusting(AUTHORITY.pem());

    assertThatThrownBy(() -> send(call))
        .isInstanceOfSatisfying(Tls.class, t -> assertThat(t.trouble()).isEqualTo(trouble));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void trustsNoUnknownAuthorityByDefault() {
    TestPeer server = tls(AUTHORITY.signs("127.0.0.1"));

    assertThatThrownBy(
            () -> send(HttpCall.of("GET", url("https", server, "/"), TestPolicies.ORGANIZATION)))
        .isInstanceOfSatisfying(
            Tls.class, t -> assertThat(t.trouble()).isEqualTo(TlsTrouble.UNTRUSTED));
  }

  @Test
  void saysThatAServerSpeaksNoTls() {
    TestPeer server =
        plain(
            (_, c) ->
                c.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8)));

    assertThatThrownBy(
            () -> send(HttpCall.of("GET", url("https", server, "/"), TestPolicies.ORGANIZATION)))
        .isInstanceOfSatisfying(
            Tls.class, t -> assertThat(t.trouble()).isEqualTo(TlsTrouble.NOT_TLS));
  }

  @Test
  void speaksNoOldTls() {
    TestPeer server =
        TestPeer.tls(
            AUTHORITY.signs("127.0.0.1").server(),
            (peer, c) -> {
              ((javax.net.ssl.SSLSocket) c).setEnabledProtocols(new String[] {"TLSv1.1"});
              peer.readRequest(c);
            });
    peer = server;

    assertThatThrownBy(
            () -> send(HttpCall.of("GET", url("https", server, "/"), TestPolicies.ORGANIZATION)))
        .isInstanceOf(EgressFailure.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aCancelledCallCutsItsConnection() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    TestPeer server =
        plain(
            (peer, c) -> {
              peer.readRequest(c);
              connected.countDown();
              int eof = c.getInputStream().read();
              ended.countDown();
              assertThat(eof).isNegative();
            });
    try (GuardedHttp http = http(TestPolicies.guard(OPENED))) {
      var running = http.send(call(server)).subscribe().with(_ -> {}, _ -> {});
      assertThat(connected.await(5, TimeUnit.SECONDS)).isTrue();
      running.cancel();

      assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  private TestPeer plain(TestPeer.Behaviour behaviour) {
    peer = TestPeer.plain(behaviour);
    return peer;
  }

  private TestPeer tls(TestCertificate certificate) {
    peer = TestPeer.tls(certificate.server(), TestPeer.answering("200 OK", "", ""));
    return peer;
  }

  private static HttpCall call(TestPeer server) {
    return HttpCall.of("GET", url("http", server, "/"), TestPolicies.ORGANIZATION);
  }

  private static URI url(String scheme, TestPeer server, String path) {
    return URI.create(scheme + "://127.0.0.1:" + server.port() + path);
  }

  private static void assertUnreachable(HttpCall call, Kind kind) {
    assertThatThrownBy(() -> send(call))
        .isInstanceOfSatisfying(Unreachable.class, u -> assertThat(u.kind()).isEqualTo(kind));
  }

  /** Our side hung up: the peer's writes fail and it closes too. */
  private static void assertGone(TestPeer server) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (server.openConnections() > 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(server.openConnections()).isZero();
  }

  private static HttpAnswer send(HttpCall call) {
    return send(call, TestPolicies.guard(OPENED));
  }

  private static HttpAnswer send(HttpCall call, EgressGuard guard) {
    try (GuardedHttp http = http(guard)) {
      return await(http, call);
    }
  }

  private static HttpAnswer await(GuardedHttp http, HttpCall call) {
    return http.send(call).await().atMost(Duration.ofSeconds(20));
  }

  private static GuardedHttp http(EgressGuard guard) {
    return http(guard, Duration.ofSeconds(10));
  }

  private static GuardedHttp http(EgressGuard guard, Duration tlsTimeout) {
    return new GuardedHttp(vertx, guard, new HttpSettings(Duration.ofSeconds(2), tlsTimeout));
  }
}
