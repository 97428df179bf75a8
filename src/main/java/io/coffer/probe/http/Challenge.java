package io.coffer.probe.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of a {@code WWW-Authenticate: Bearer} header (RFC 6750, section 3). */
final class Challenge {

  private static final int LONGEST = 2_048;
  private static final Pattern PARAMETER = Pattern.compile("([a-z_]{1,32})=\"([^\"]{0,1024})\"");

  private Challenge() {}

  /** By name; empty if the header is none of that scheme. */
  static Map<String, String> parameters(String header) {
    Map<String, String> found = new LinkedHashMap<>();
    if (header.length() <= LONGEST && header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      Matcher matcher = PARAMETER.matcher(header);
      while (matcher.find()) {
        found.putIfAbsent(matcher.group(1), matcher.group(2));
      }
    }
    return found;
  }
}
