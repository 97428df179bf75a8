package io.coffer.bench;

import java.nio.charset.StandardCharsets;

/** Writes requests as they go over the wire. */
final class Wire {

  private Wire() {}

  static byte[] get(String path, String token) {
    return bytes("GET " + path + head(token) + "\r\n");
  }

  /** A request without a token. */
  static byte[] get(String path) {
    return bytes("GET " + path + " HTTP/1.1\r\nHost: bench\r\n\r\n");
  }

  static byte[] send(String method, String path, String token, String json) {
    return bytes(
        method
            + ' '
            + path
            + head(token)
            + "Content-Type: application/json\r\nContent-Length: "
            + json.length()
            + "\r\n\r\n"
            + json);
  }

  private static String head(String token) {
    return " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + token + "\r\n";
  }

  /** All that is sent here is ASCII. */
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
