package io.coffer.activity.verify;

import io.coffer.activity.Checkpoint.Head;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A checkpoint as it was written to the log and kept elsewhere.
 *
 * @param number its number
 * @param tag its tag in hexadecimal
 * @param heads what it binds
 */
record OutsideCheckpoint(long number, String tag, List<Head> heads) {

  private static final Pattern LINE =
      Pattern.compile(
          "checkpoint (\\d{1,18}) at \\S+ previous (?:none|[0-9a-f]+) tag ([0-9a-f]+)"
              + " heads ([0-9a-f:,-]+)");

  /** Those in lines of a log, in whatever form the log has around them. */
  static List<OutsideCheckpoint> in(Stream<String> lines) {
    List<OutsideCheckpoint> found = new ArrayList<>();
    lines.forEach(
        line -> {
          Matcher matcher = LINE.matcher(line);
          if (matcher.find()) {
            found.add(
                new OutsideCheckpoint(
                    Long.parseLong(matcher.group(1)), matcher.group(2), heads(matcher.group(3))));
          }
        });
    return found;
  }

  private static List<Head> heads(String text) {
    List<Head> heads = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] head = part.split(":", -1);
      if (head.length == 3) {
        heads.add(
            new Head(
                UUID.fromString(head[0]),
                Long.parseLong(head[1]),
                HexFormat.of().parseHex(head[2])));
      }
    }
    return heads;
  }
}
