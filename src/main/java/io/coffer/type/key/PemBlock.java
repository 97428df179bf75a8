package io.coffer.type.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of PEM (RFC 7468), with the headers of RFC 1421 that older tools write.
 *
 * @param label what stands behind BEGIN
 * @param headers by name
 * @param content what the base64 stands for; whoever holds the block wipes it
 */
record PemBlock(String label, Map<String, String> headers, byte[] content) {

  static final int MAX_LENGTH = 65_536;
  private static final int MAX_BLOCKS = 16;
  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9][A-Z0-9 ]{0,39})-----");

  /**
   * Reads a text that holds blocks and, between them, blank lines only.
   *
   * @throws KeyRefusal if it does not, or is longer than {@value #MAX_LENGTH} characters
   */
  static List<PemBlock> readAll(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new KeyRefusal("must be at most " + MAX_LENGTH + " characters");
    }
    List<PemBlock> blocks = new ArrayList<>();
    Iterator<String> lines = text.lines().map(String::strip).iterator();
    try {
      while (lines.hasNext()) {
        String line = lines.next();
        if (!line.isEmpty()) {
          blocks.add(read(line, lines));
        }
        if (blocks.size() > MAX_BLOCKS) {
          throw new KeyRefusal("must hold at most " + MAX_BLOCKS + " PEM blocks");
        }
      }
    } catch (KeyRefusal refusal) {
      blocks.forEach(PemBlock::wipe);
      throw refusal;
    }
    return blocks;
  }

  private static PemBlock read(String first, Iterator<String> lines) {
    Matcher begin = BEGIN.matcher(first);
    if (!begin.matches()) {
      throw new KeyRefusal(
          "must be PEM, from a line -----BEGIN …----- to its line -----END …-----");
    }
    String end = "-----END " + begin.group(1) + "-----";
    List<String> body = new ArrayList<>();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.equals(end)) {
        return of(begin.group(1), body);
      }
      body.add(line);
    }
    throw new KeyRefusal("must be PEM that ends with the line -----END …----- of its beginning");
  }

  private static PemBlock of(String label, List<String> body) {
    Map<String, String> headers = new HashMap<>();
    int start = 0;
    while (start < body.size() && body.get(start).indexOf(':') > 0) {
      int colon = body.get(start).indexOf(':');
      headers.put(
          body.get(start).substring(0, colon), body.get(start).substring(colon + 1).strip());
      start++;
    }
    String base64 = String.join("", body.subList(start, body.size()));
    try {
      byte[] content = Base64.getDecoder().decode(base64);
      if (content.length > 0) {
        return new PemBlock(label, Map.copyOf(headers), content);
      }
    } catch (IllegalArgumentException notBase64) {
      // Its message quotes a character.
    }
    throw new KeyRefusal("must be base64 between its first and its last line");
  }

  boolean isPrivateKey() {
    return label.endsWith("PRIVATE KEY");
  }

  void wipe() {
    Arrays.fill(content, (byte) 0);
  }

  @Override
  public String toString() {
    return "PemBlock[" + label + ']';
  }
}
