package io.coffer.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BodyLimitTest {

  private static final int LIMIT = 1024 * 1024;
  private static final String PATH = "/api/v1/credentials";

  @Test
  void answersADeclaredBodyOverTheLimitWithAProblem() {
    given()
        .auth()
        .oauth2(token())
        .header("X-Request-ID", "too-much-1")
        .contentType("application/json")
        .body(" ".repeat(LIMIT + 1))
        .post(PATH)
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .header("X-Request-ID", is("too-much-1"))
        .body("type", is("urn:coffer:problem:too-large"))
        .body("detail", containsString("1048576 bytes"))
        .body("request_id", is("too-much-1"));
  }

  @Test
  void takesABodyOfTheLimitAndReadsIt() {
    given()
        .auth()
        .oauth2(token())
        .contentType("application/json")
        .body("{}" + " ".repeat(LIMIT - 2))
        .post(PATH)
        .then()
        .statusCode(422)
        .body("request_id", notNullValue());
  }

  @Test
  void doesNotWaitForTheRestOfADeclaredBody() throws IOException {
    try (Socket client = connect()) {
      send(client, "Content-Length: " + (LIMIT + 1));
      send(client.getOutputStream(), "{\"name\":");
      assertProblem(answer(client));
    }
  }

  @Test
  void stopsABodyInChunksAtTheLimit() throws IOException {
    try (Socket client = connect()) {
      send(client, "Transfer-Encoding: chunked");
      byte[] chunk = (" ".repeat(0x8000)).getBytes(StandardCharsets.US_ASCII);
      OutputStream out = client.getOutputStream();
      for (int sent = 0; sent <= LIMIT; sent += chunk.length) {
        send(out, "8000\r\n");
        out.write(chunk);
        send(out, "\r\n");
      }
      int first = client.getInputStream().read();
      // Ends after the answer has begun; the server need not wait for who falls silent, as above.
      send(out, "0\r\n\r\n");
      assertProblem((char) first + answer(client));
    }
  }

  @Test
  void readsABodyInChunksBelowTheLimit() throws IOException {
    try (Socket client = connect()) {
      send(client, "Transfer-Encoding: chunked\r\nConnection: close");
      send(client.getOutputStream(), "2\r\n{}\r\n0\r\n\r\n");
      assertThat(answer(client)).startsWith("HTTP/1.1 422 ");
    }
  }

  private static void assertProblem(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .contains("application/problem+json")
        .contains("urn:coffer:problem:too-large")
        .contains("1048576 bytes")
        .contains("\"request_id\":\"");
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(Math.toIntExact(Duration.ofSeconds(20).toMillis()));
    return socket;
  }

  private static void send(Socket client, String header) throws IOException {
    send(
        client.getOutputStream(),
        "POST "
            + PATH
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token()
            + "\r\n"
            + header
            + "\r\n\r\n");
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** All that the server says until it closes the connection. */
  private static String answer(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String token() {
    return TestTokens.of("body-limit").organization("acme").roles("admin").sign();
  }
}
