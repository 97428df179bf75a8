package io.coffer.credential;

import io.coffer.web.EntityTag;
import io.coffer.web.list.InvalidQuery;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a request demands of the state that it meets. */
final class Preconditions {

  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhd])");

  private Preconditions() {}

  static String etag(CredentialEntity row) {
    return EntityTag.of(row.revision);
  }

  /** The revision of {@code If-Match}; empty if any will do. */
  static OptionalLong revision(@Nullable String ifMatch) {
    return EntityTag.expected(ifMatch);
  }

  /** A span such as {@code 24h} or {@code PT24H}. */
  static Optional<Duration> span(String parameter, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher matcher = SPAN.matcher(text);
    try {
      return Optional.of(
          matcher.matches()
              ? switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(Long.parseLong(matcher.group(1)));
                case "m" -> Duration.ofMinutes(Long.parseLong(matcher.group(1)));
                case "h" -> Duration.ofHours(Long.parseLong(matcher.group(1)));
                default -> Duration.ofDays(Long.parseLong(matcher.group(1)));
              }
              : positive(Duration.parse(text)));
    } catch (DateTimeException e) {
      throw new InvalidQuery(parameter, "It must be a span such as 24h.");
    }
  }

  private static Duration positive(Duration span) {
    if (span.isNegative() || span.compareTo(Duration.ofDays(36_500)) > 0) {
      throw new DateTimeException("out of range");
    }
    return span;
  }
}
