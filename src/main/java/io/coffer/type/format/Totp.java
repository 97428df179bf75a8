package io.coffer.type.format;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What time-based one-time codes (RFC 6238) are made from.
 *
 * @param secret the shared secret; whoever holds this wipes it
 * @param algorithm of the HMAC
 * @param digits 6 to 8
 * @param period of one code, in seconds
 */
public record Totp(byte[] secret, Algorithm algorithm, int digits, int period) {

  private static final int MAX_LENGTH = 2048;
  private static final int MAX_SECRET = 512;
  private static final int MAX_PERIOD = 3600;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String URI = "otpauth://";
  private static final Set<String> PARAMETERS =
      Set.of("secret", "algorithm", "digits", "period", "issuer");

  /** The hash functions that apps agree on. */
  public enum Algorithm {
    SHA1,
    SHA256,
    SHA512
  }

  /** A text is no seed; it names the rule and holds no part of the text. */
  public static final class NotASeed extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotASeed(String rule) {
      super(rule, null, false, false);
    }

    public String rule() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads a seed as people paste it: a secret in base32 (RFC 4648, case, blanks, hyphens and
   * padding as they come), or an {@code otpauth://totp/…} URI, percent-encoded as a whole or not.
   *
   * @throws NotASeed if it is neither
   */
  public static Totp parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new NotASeed("must be at most " + MAX_LENGTH + " characters");
    }
    String value = withoutBlanks(text);
    return isUri(value)
        ? ofUri(decodedOnce(value))
        : new Totp(base32(value.replace("-", "")), Algorithm.SHA1, 6, 30);
  }

  static String withoutBlanks(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.chars().filter(c -> !Character.isWhitespace(c)).forEach(c -> kept.append((char) c));
    return kept.toString();
  }

  /** Whether it is meant as a URI, a wrong one perhaps. */
  static boolean isUri(String text) {
    String start = text.substring(0, Math.min(text.length(), 16)).toLowerCase(Locale.ROOT);
    return start.startsWith("otpauth:") || start.startsWith("otpauth%3a");
  }

  static String decodedOnce(String text) {
    if (text.regionMatches(true, 0, URI, 0, URI.length())) {
      return text;
    }
    try {
      // Plus signs are kept: this was encoded as a URI, not as a form.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      throw new NotASeed("must be a URI that begins with otpauth://totp/");
    }
  }

  private static Totp ofUri(String uri) {
    int query = uri.indexOf('?');
    String type = query < 0 ? "" : uri.substring(0, query);
    if (!type.regionMatches(true, 0, URI + "totp/", 0, URI.length() + 5)) {
      throw new NotASeed("must be a URI that begins with otpauth://totp/ and has a query");
    }
    Map<String, String> parameters = parameters(uri.substring(query + 1));
    String secret = parameters.get("secret");
    if (secret == null) {
      throw new NotASeed("must have a parameter secret");
    }
    return new Totp(
        base32(secret.replace("-", "")),
        algorithm(parameters.getOrDefault("algorithm", "SHA1")),
        number(parameters.getOrDefault("digits", "6"), "digits", 6, 8),
        number(parameters.getOrDefault("period", "30"), "period", 1, MAX_PERIOD));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String item : query.split("&", -1)) {
      int equals = item.indexOf('=');
      String name = equals < 0 ? "" : item.substring(0, equals);
      if (!PARAMETERS.contains(name) || parameters.containsKey(name)) {
        throw new NotASeed(
            "must have each of the parameters secret, algorithm, digits, period and issuer at most"
                + " once, and no others");
      }
      parameters.put(name, decoded(item.substring(equals + 1)));
    }
    return parameters;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      throw new NotASeed("must be percent-encoded as a URI has to be");
    }
  }

  private static Algorithm algorithm(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "SHA1" -> Algorithm.SHA1;
      case "SHA256" -> Algorithm.SHA256;
      case "SHA512" -> Algorithm.SHA512;
      default -> throw new NotASeed("must have the algorithm SHA1, SHA256 or SHA512");
    };
  }

  private static int number(String text, String name, int from, int to) {
    boolean digits =
        !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int value = digits ? Integer.parseInt(text) : -1;
    if (value < from || value > to) {
      throw new NotASeed("must have " + name + " from " + from + " to " + to);
    }
    return value;
  }

  /** RFC 4648 section 6, with padding that is right or absent. */
  private static byte[] base32(String text) {
    String digits = withoutPadding(text).toUpperCase(Locale.ROOT);
    int rest = digits.length() % 8;
    if (digits.isEmpty() || digits.length() > MAX_SECRET || rest == 1 || rest == 3 || rest == 6) {
      throw new NotASeed("must be a secret in base32, of letters and the digits 2 to 7");
    }
    byte[] bytes = new byte[digits.length() * 5 / 8];
    int buffer = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < digits.length(); i++) {
      int value = BASE32.indexOf(digits.charAt(i));
      if (value < 0) {
        Arrays.fill(bytes, (byte) 0);
        throw new NotASeed("must be a secret in base32, of letters and the digits 2 to 7");
      }
      buffer = (buffer << 5 | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (buffer >> bits);
      }
    }
    return bytes;
  }

  private static String withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    if (text.length() != end && text.length() % 8 != 0) {
      throw new NotASeed("must be padded to a multiple of eight characters, or not at all");
    }
    return text.substring(0, end);
  }

  /** Wipes the secret. */
  public void wipe() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "Totp[redacted]";
  }
}
