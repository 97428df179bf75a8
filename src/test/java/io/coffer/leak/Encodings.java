package io.coffer.leak;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/** How bytes look when something prints them. */
final class Encodings {

  private Encodings() {}

  /** The forms of some bytes from the midst of a secret. */
  static Set<String> of(byte[] piece) {
    Set<String> forms = new LinkedHashSet<>(binary(piece));
    String text = new String(piece, StandardCharsets.UTF_8);
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), piece)) {
      forms.add(text);
      forms.add(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
      forms.add(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    return forms;
  }

  private static Set<String> binary(byte[] piece) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(HexFormat.of().formatHex(piece));
    forms.add(HexFormat.of().withUpperCase().formatHex(piece));
    forms.add(HexFormat.ofDelimiter(" ").formatHex(piece));
    forms.add(HexFormat.ofDelimiter(":").formatHex(piece));
    String list = Arrays.toString(piece);
    forms.add(list.substring(1, list.length() - 1));
    for (int before = 0; before < 3; before++) {
      forms.add(base64(Base64.getEncoder(), piece, before));
      forms.add(base64(Base64.getUrlEncoder(), piece, before));
    }
    return forms;
  }

  /** The characters that do not depend on what stands before and behind the piece. */
  private static String base64(Base64.Encoder encoder, byte[] piece, int before) {
    byte[] shifted = new byte[before + piece.length];
    System.arraycopy(piece, 0, shifted, before, piece.length);
    String text = encoder.withoutPadding().encodeToString(shifted);
    int first = (before * 8 + 5) / 6;
    int end = shifted.length * 8 / 6;
    return text.substring(first, end);
  }
}
