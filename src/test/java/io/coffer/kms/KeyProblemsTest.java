package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.crypto.UnsealFailure;
import io.coffer.web.Problem;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of what clients are told about keys and values that do not open. */
class KeyProblemsTest {

  static Stream<UnsealFailure> unsealFailures() {
    return Stream.of(
        new UnsealFailure.WrongLength(3),
        new UnsealFailure.UnknownFormat(9),
        new UnsealFailure.WrongDataKey(UUID.randomUUID(), UUID.randomUUID()),
        new UnsealFailure.UnknownDataKey(UUID.randomUUID()),
        new UnsealFailure.ForeignDataKey(UUID.randomUUID()),
        new UnsealFailure.NotCommitted(),
        new UnsealFailure.NotAuthentic(),
        new UnsealFailure.MalformedContent());
  }

  @ParameterizedTest
  @MethodSource("unsealFailures")
  void tellsNotWhichCheckRefusedAValue(UnsealFailure failure) {
    Problem problem = KeyProblems.problem(failure);
    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.type()).isEqualTo("urn:coffer:problem:undecryptable");
    assertThat(problem.detail()).isEqualTo("The stored value was changed or belongs elsewhere.");
    assertThat(failure.isRetryable()).isFalse();
  }

  @Test
  void namesEveryKindOfUnsealFailureDifferently() {
    assertThat(unsealFailures().map(UnsealFailure::kind)).doesNotHaveDuplicates();
  }

  @Test
  void saysThatAnOutageHasLastedTooLong() {
    Problem problem = KeyProblems.problem(new KeyFailure.TooStale());
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.type()).isEqualTo("urn:coffer:problem:keys-unavailable");
    assertThat(problem.detail()).contains("longer than values may be opened without it");
    assertThat(problem.retryAfter()).isNotNull();
  }

  @Test
  void answersBusyAndDatabaseTroubleAsUnavailableForNow() {
    Problem busy = KeyProblems.problem(new KeyFailure.Busy());
    Problem store = KeyProblems.problem(new KeyFailure.StoreUnavailable("PgException"));
    assertThat(busy.status()).isEqualTo(503);
    assertThat(store.status()).isEqualTo(503);
    assertThat(busy.retryAfter()).isNotNull();
    assertThat(store.retryAfter()).isNotNull();
  }
}
