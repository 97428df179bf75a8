package io.coffer.probe.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Times as servers write them. */
final class Moments {

  private static final Duration LONGEST_WAIT = Duration.ofDays(1);
  private static final Pattern NUMBER = Pattern.compile("\\d{9,13}");
  private static final long MOST_SECONDS = 100_000_000_000L;

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC),
          text ->
              ZonedDateTime.parse(
                      text, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ROOT))
                  .toInstant(),
          text ->
              ZonedDateTime.parse(
                      text, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z", Locale.ROOT))
                  .toInstant());

  private Moments() {}

  /** A time in one of the usual forms, or seconds or milliseconds since 1970; else empty. */
  static Optional<Instant> read(String text) {
    if (text.length() > 64) {
      return Optional.empty();
    }
    if (NUMBER.matcher(text).matches()) {
      long number = Long.parseLong(text);
      return Optional.of(
          number > MOST_SECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number));
    }
    for (Function<String, Instant> form : FORMS) {
      try {
        return Optional.of(form.apply(text.strip()));
      } catch (DateTimeException other) {
        // The next form, then.
        continue;
      }
    }
    return Optional.empty();
  }

  /** A {@code Date} header (RFC 9110, section 6.6.1). */
  static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A {@code Retry-After} header (RFC 9110, section 10.2.3), at most a day. */
  static Optional<Duration> retryAfter(String text, Instant now) {
    Optional<Duration> wait =
        text.matches("\\d{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
            : httpDate(text).map(at -> Duration.between(now, at));
    return wait.filter(found -> !found.isNegative())
        .map(found -> found.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : found);
  }
}
