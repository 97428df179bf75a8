package io.coffer.probe.http;

import io.coffer.secret.SecretValue;
import io.coffer.type.WipingBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Secrets in the forms in which HTTP carries them, from bytes to bytes. */
final class WireTexts {

  private static final String HEX = "0123456789ABCDEF";

  private WireTexts() {}

  /** The value of a header for the Basic scheme (RFC 7617), the caller's to close. */
  static SecretValue basic(SecretValue user, SecretValue password) {
    try (WipingBuffer pair = new WipingBuffer();
        WipingBuffer header = new WipingBuffer();
        SecretValue joined = pair.add(user).add(':').add(password).value()) {
      byte[] plain = joined.revealBytes();
      byte[] encoded = Base64.getEncoder().encode(plain);
      header.add("Basic ").add(encoded);
      Arrays.fill(plain, (byte) 0);
      Arrays.fill(encoded, (byte) 0);
      return header.value();
    }
  }

  /** Adds one parameter of a form (WHATWG URL, section 5.2). */
  static void parameter(String name, SecretValue value, WipingBuffer out) {
    byte[] bytes = value.revealBytes();
    try (WipingBuffer encoded = new WipingBuffer()) {
      encode(name.getBytes(StandardCharsets.UTF_8), encoded);
      encoded.add('=');
      encode(bytes, encoded);
      try (SecretValue before = out.value();
          SecretValue pair = encoded.value()) {
        if (before.length() > 0) {
          out.add('&');
        }
        out.add(pair);
      }
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void encode(byte[] bytes, WipingBuffer out) {
    for (byte b : bytes) {
      boolean letter = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9';
      if (letter || b == '-' || b == '_' || b == '.' || b == '*') {
        out.add(b);
      } else {
        out.add('%').add(HEX.charAt(b >> 4 & 0xf)).add(HEX.charAt(b & 0xf));
      }
    }
  }

  static boolean startsWithOneOf(SecretValue value, List<String> beginnings) {
    byte[] bytes = value.revealBytes();
    boolean starts =
        beginnings.stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .anyMatch(
                text ->
                    text.length <= bytes.length
                        && Arrays.equals(text, 0, text.length, bytes, 0, text.length));
    Arrays.fill(bytes, (byte) 0);
    return starts;
  }

  /** Whether it is one line of visible ASCII. */
  static boolean isLine(SecretValue value) {
    byte[] bytes = value.revealBytes();
    boolean line = true;
    for (byte b : bytes) {
      line &= b >= ' ' && b < 0x7f;
    }
    Arrays.fill(bytes, (byte) 0);
    return line;
  }
}
