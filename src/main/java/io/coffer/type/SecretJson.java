package io.coffer.type;

import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON (RFC 8259) in which secrets go from bytes to bytes: a JSON library would keep them in
 * strings and pooled buffers that nobody wipes.
 */
public final class SecretJson {

  private static final String HEX = "0123456789abcdef";

  private SecretJson() {}

  /** A secret whose bytes are JSON already. */
  record Raw(SecretValue json) {}

  /** Writes maps, lists, texts, numbers, booleans, secret texts and secret JSON. */
  public static void write(Object node, WipingBuffer out) {
    switch (node) {
      case SecretValue text -> text(text, out);
      case Raw raw -> out.add(raw.json());
      case String text -> text(text.getBytes(StandardCharsets.UTF_8), out);
      case Map<?, ?> map -> object(map, out);
      case List<?> list -> array(list, out);
      case Boolean bool -> out.add(bool.toString());
      case Number number -> out.add(number.toString());
      default -> throw new IllegalArgumentException("not a JSON value: " + node.getClass());
    }
  }

  private static void object(Map<?, ?> map, WipingBuffer out) {
    char separator = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.add(separator);
      write(entry.getKey(), out);
      out.add(':');
      write(entry.getValue(), out);
      separator = ',';
    }
    out.add(map.isEmpty() ? "{}" : "}");
  }

  private static void array(List<?> list, WipingBuffer out) {
    char separator = '[';
    for (Object item : list) {
      out.add(separator);
      write(item, out);
      separator = ',';
    }
    out.add(list.isEmpty() ? "[]" : "]");
  }

  private static void text(SecretValue text, WipingBuffer out) {
    byte[] bytes = text.revealBytes();
    text(bytes, out);
    Arrays.fill(bytes, (byte) 0);
  }

  private static void text(byte[] utf8, WipingBuffer out) {
    out.add('"');
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        out.add('\\').add(b);
      } else if (b >= 0 && b < 0x20) {
        out.add("\\u00").add(HEX.charAt(b >> 4)).add(HEX.charAt(b & 0xf));
      } else {
        out.add(b);
      }
    }
    out.add('"');
  }
}
