package io.coffer.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2027-03-01T10:00:00Z, 2027-03-01T10:00:00Z",
    "2027-03-01T10:00:00.123456789+02:00, 2027-03-01T08:00:00.123456789Z",
    "2027-03-01T10:00:00, 2027-03-01T10:00:00Z",
    "2027-03-01, 2027-03-01T00:00:00Z",
    "2027-03-01 10:00:00 UTC, 2027-03-01T10:00:00Z",
    "2027-03-01 10:00:00 +0100, 2027-03-01T09:00:00Z",
    "1803895200, 2027-03-01T10:00:00Z",
    "1803895200000, 2027-03-01T10:00:00Z",
  })
  void readsTimesInTheirUsualForms(String text, Instant moment) {
    assertThat(Moments.read(text)).hasValue(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "never", "0", "99999999999999", "2027-13-01", "soon\n"})
  void readsNothingElse(String text) {
    assertThat(Moments.read(text)).isEmpty();
  }

  @Test
  void readsHowLongToWait() {
    assertThat(Moments.retryAfter("30", NOW)).hasValue(Duration.ofSeconds(30));
    assertThat(Moments.retryAfter("Sat, 21 Nov 2026 12:01:00 GMT", NOW))
        .hasValue(Duration.ofMinutes(1));
    assertThat(Moments.retryAfter("999999999", NOW)).hasValue(Duration.ofDays(1));
    assertThat(Moments.retryAfter("Sat, 21 Nov 2026 11:00:00 GMT", NOW)).isEmpty();
    assertThat(Moments.retryAfter("-5", NOW)).isEmpty();
    assertThat(Moments.retryAfter("9999999999999999", NOW)).isEmpty();
  }
}
