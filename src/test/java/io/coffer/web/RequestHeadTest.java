package io.coffer.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.LogContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before the body of a request: its line, its host, its headers. */
@QuarkusTest
class RequestHeadTest {

  private static final List<String> PATHS =
      List.of(
          "/",
          "/login",
          "/api/v1/me",
          "/api/v1/credentials",
          "/.well-known/oauth-protected-resource",
          "/q/health/live",
          "/no-such-page");

  private final Loud loud = new Loud();

  @BeforeEach
  void listen() {
    LogContext.getLogContext().getLogger("").addHandler(loud);
  }

  @AfterEach
  void leave() {
    LogContext.getLogContext().getLogger("").removeHandler(loud);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: a b",
        "Host: a\"b",
        "Host: evil/path",
        "Host: user@evil",
        "Host: <script>",
        "Host: localhost:port",
        "Host: localhost:99999",
        "Host: [::1",
        "Host: [::::]",
        "Host: [.:.]",
        "Host: [12]",
        "Host: [1::2::3]:80",
        "Host: %zz",
        "Host: {x}",
        "Host: \u00e4",
        "Host:",
        "Host: a\r\nHost: b",
        "X-None: 1"
      })
  void refusesABadHostQuietly(String host) throws IOException {
    for (String path : PATHS) {
      String answer = send("GET " + path + " HTTP/1.1\r\n" + host + "\r\n");
      assertThat(answer)
          .as(path)
          .startsWith("HTTP/1.1 400 ")
          .contains("urn:coffer:problem:malformed-request")
          .contains("\"field\":\"Host\"")
          .containsIgnoringCase("x-request-id: ");
    }
    assertThat(loud.messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "Coffer.Example.ORG:8443", "[::1]:80", "10.0.0.1:", "a_b"})
  void takesAHostThatIsOne(String host) throws IOException {
    assertThat(send("GET /q/health/live HTTP/1.1\r\nHost: " + host + "\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(send("GET /api/v1/me HTTP/1.1\r\nHost: " + host + "\r\n"))
        .startsWith("HTTP/1.1 401 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/api/v1/me",
        "http://evil.example",
        "http://localhost@evil.example/api/v1/me",
        "https://evil.example/?x=/localhost",
        "http:///api/v1/me",
        "x://localhost:81/api/v1/me"
      })
  void refusesALineThatNamesAnotherHost(String target) throws IOException {
    assertThat(send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("\"field\":\"Host\"");
    assertThat(loud.messages).isEmpty();
  }

  @Test
  void takesALineThatNamesTheSameHost() throws IOException {
    assertThat(send("GET http://LocalHost:80/q/health/live HTTP/1.1\r\nHost: localhost:80\r\n"))
        .startsWith("HTTP/1.1 200 ");
    assertThat(send("GET /q/health/live?x=a://b HTTP/1.1\r\nHost: localhost\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void needsNoHostInAnOlderVersion() throws IOException {
    assertThat(send("GET /q/health/live HTTP/1.0\r\n")).startsWith("HTTP/1.0 200 ");
    for (String path : PATHS) {
      assertThat(send("GET " + path + " HTTP/1.0\r\n")).doesNotContain(" 500 ");
    }
    assertThat(loud.messages).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {9_000, 30_000})
  void tellsInAProblemThatTheRequestLineIsTooLong(int length) throws IOException {
    String answer =
        send("GET /api/v1/credentials?name=" + "x".repeat(length) + " HTTP/1.1\r\nHost: a\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 414 ")
        .contains("application/problem+json")
        .contains("urn:coffer:problem:uri-too-long")
        .contains("8192 bytes")
        .contains("\"request_id\":\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {17_000, 60_000})
  void tellsInAProblemThatTheHeadersAreTooLarge(int length) throws IOException {
    String answer =
        send(
            "GET /api/v1/me HTTP/1.1\r\nHost: a\r\nX-Request-ID: long-1\r\nX-Long: "
                + "x".repeat(length)
                + "\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 431 ")
        .contains("application/problem+json")
        .contains("urn:coffer:problem:headers-too-large")
        .contains("16384 bytes")
        .contains("\"request_id\":\"long-1\"");
  }

  @Test
  void takesARequestLineAndHeadersWithinTheLimits() throws IOException {
    assertThat(
            send(
                "GET /api/v1/me?x="
                    + "x".repeat(8_000)
                    + " HTTP/1.1\r\nHost: a\r\nX-Long: "
                    + "x".repeat(16_000)
                    + "\r\n"))
        .startsWith("HTTP/1.1 401 ");
  }

  @Test
  void endsWithoutAWordWhatIsFarTooLong() throws IOException {
    assertThat(send("GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n"))
        .startsWith("HTTP/1.0 414 ");
    assertThat(send("GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(70_000) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(loud.messages).isEmpty();
  }

  private static String send(String head) throws IOException {
    try (Socket client = new Socket("localhost", RestAssured.port)) {
      client.setSoTimeout(Math.toIntExact(Duration.ofSeconds(20).toMillis()));
      String request = head + "Connection: close\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      client.getOutputStream().flush();
      return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** Keeps what would wake somebody up. */
  private static final class Loud extends Handler {

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
        messages.add(record.getLoggerName() + ": " + record.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
