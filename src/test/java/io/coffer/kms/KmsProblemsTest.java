package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.web.Problem;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KmsProblemsTest {

  private static final String WORDS = "arn:aws:kms:eu-central-1:111122223333:key/secret-name";

  static List<KmsFailure> everyKind() {
    Stream<BiFunction<KmsOperation, String, KmsFailure>> kinds =
        Stream.of(
            KmsFailure.Corrupt::new,
            KmsFailure.WrongKey::new,
            KmsFailure.UnknownKey::new,
            KmsFailure.KeyDisabled::new,
            KmsFailure.Unavailable::new,
            KmsFailure.Throttled::new,
            KmsFailure.Misconfigured::new,
            KmsFailure.Denied::new,
            KmsFailure.Unauthenticated::new,
            KmsFailure.Unexpected::new);
    return kinds.map(kind -> kind.apply(KmsOperation.UNWRAP, WORDS)).toList();
  }

  static Stream<Arguments> table() {
    List<Integer> statuses = List.of(500, 500, 500, 503, 503, 503, 500, 500, 500, 500);
    List<KmsFailure> kinds = everyKind();
    return java.util.stream.IntStream.range(0, kinds.size())
        .mapToObj(i -> Arguments.of(kinds.get(i), statuses.get(i)));
  }

  @ParameterizedTest
  @MethodSource("table")
  void answersWithAFixedTextAndInvitesARetryOnlyWhereItHelps(KmsFailure failure, int status) {
    Problem problem = KmsProblems.problem(failure);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.toString()).doesNotContain("arn:", "secret-name");
    assertThat(problem.retryAfter() != null).isEqualTo(failure.retryable());
  }
}
