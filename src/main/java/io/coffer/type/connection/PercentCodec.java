package io.coffer.type.connection;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 section 2.1) of UTF-8, decoded once and strictly. */
final class PercentCodec {

  private static final String UNRESERVED = "-._~";

  private PercentCodec() {}

  /**
   * Decodes once. A plus sign stays a plus sign.
   *
   * @throws ConnectionRefusal with {@code encoding}, if a percent sign is not followed by two
   *     hexadecimal digits, or the bytes are not UTF-8 or hold a control character
   */
  static String decode(String text, String part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      int high = i + 2 < text.length() ? hex(text.charAt(i + 1)) : -1;
      int low = i + 2 < text.length() ? hex(text.charAt(i + 2)) : -1;
      if (high < 0 || low < 0) {
        throw new ConnectionRefusal(RefusalCode.ENCODING, part);
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    return utf8(bytes.toByteArray(), part);
  }

  private static String utf8(byte[] bytes, String part) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.codePoints().anyMatch(Character::isISOControl)) {
        throw new ConnectionRefusal(RefusalCode.ENCODING, part);
      }
      return text;
    } catch (CharacterCodingException notUtf8) {
      throw new ConnectionRefusal(RefusalCode.ENCODING, part);
    }
  }

  /**
   * Encodes every byte but those of the unreserved characters, so that no reader can misread it.
   */
  static String encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(encode(bytes), StandardCharsets.US_ASCII);
  }

  /**
   * As {@link #encode(String)}, for bytes that must not become text; the caller wipes the result.
   */
  static byte[] encode(byte[] bytes) {
    int length = 0;
    for (byte b : bytes) {
      length += isUnreserved(b) ? 1 : 3;
    }
    byte[] encoded = new byte[length];
    int at = 0;
    for (byte b : bytes) {
      if (isUnreserved(b)) {
        encoded[at++] = b;
      } else {
        encoded[at++] = '%';
        encoded[at++] = digit(b >> 4);
        encoded[at++] = digit(b);
      }
    }
    return encoded;
  }

  private static byte digit(int value) {
    return (byte) "0123456789ABCDEF".charAt(value & 0xf);
  }

  private static boolean isUnreserved(int b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b > 0 && UNRESERVED.indexOf(b) >= 0);
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
