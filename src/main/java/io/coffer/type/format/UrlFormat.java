package io.coffer.type.format;

import io.coffer.type.connection.ConnectionRefusal;
import io.coffer.type.connection.Host;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** An absolute http or https URL (RFC 3986) with a host and without user information. */
enum UrlFormat implements Format {
  ANY(Set.of("https", "http"), "must be an absolute http or https URL with a host"),
  HTTPS(Set.of("https"), "must be an absolute https URL with a host");

  private static final int MAX_LENGTH = 2048;

  private final Set<String> schemes;
  private final String rule;

  UrlFormat(Set<String> schemes, String rule) {
    this.schemes = schemes;
    this.rule = rule;
  }

  @Override
  public Optional<String> check(String value) {
    if (value.length() > MAX_LENGTH) {
      return Rules.tooLong(MAX_LENGTH);
    }
    // java.net.URI lets other letters than ASCII through, which look like other hosts.
    if (!value.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      return Rules.broken("must hold printable ASCII characters without blanks only");
    }
    try {
      URI uri = new URI(value);
      if (uri.getScheme() == null || !schemes.contains(uri.getScheme()) || uri.getHost() == null) {
        return Rules.broken(rule);
      }
      return checkParts(uri);
    } catch (URISyntaxException notAUrl) {
      // Its message repeats the text.
      return Rules.broken(rule);
    }
  }

  private Optional<String> checkParts(URI uri) {
    if (uri.getRawUserInfo() != null) {
      return Rules.broken("must not hold a user name or password");
    }
    if (uri.getRawFragment() != null) {
      return Rules.broken("must not have a fragment");
    }
    boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= 65_535);
    return Rules.require(port && isHost(uri.getHost()), rule);
  }

  /** Whether the text is a host name of LDH labels or a canonical address, as in a URL. */
  static boolean isHost(String text) {
    try {
      return !Host.ofUrl(text).text().isEmpty();
    } catch (ConnectionRefusal notAHost) {
      return false;
    }
  }
}
