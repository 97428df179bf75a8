package io.coffer.credential.use;

import io.coffer.access.AccessProblems;
import io.coffer.access.Denied;
import io.coffer.credential.CredentialFailure;
import io.coffer.credential.CredentialProblems;
import io.coffer.credential.use.UseAnswers.Outcome;
import io.coffer.crypto.UnsealFailure;
import io.coffer.kms.KeyFailure;
import io.coffer.kms.KeyProblems;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.KmsProblems;
import io.coffer.type.TypeFailure;
import io.coffer.type.TypeProblems;
import io.coffer.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** One credential of many that cannot be had is told in its place; the others are not held back. */
@ApplicationScoped
class UseOutcomes {

  /** What came of a use; what is no matter of this one credential fails the whole request. */
  Uni<Outcome> of(Uni<UsedValue> use) {
    return use.<Outcome>map(Outcome.Given::new)
        .onFailure()
        .recoverWithUni(
            failure ->
                problem(failure)
                    .<Uni<Outcome>>map(
                        problem -> Uni.createFrom().item(new Outcome.Refused(problem)))
                    .orElseGet(() -> Uni.createFrom().failure(failure)));
  }

  private static Optional<Problem> problem(Throwable failure) {
    return Optional.ofNullable(
        switch (failure) {
          case Denied denied -> AccessProblems.problem(denied);
          case CredentialFailure credential -> CredentialProblems.problem(credential);
          case TypeFailure type -> TypeProblems.problem(type);
          case UnsealFailure unseal -> KeyProblems.problem(unseal);
          case KeyFailure key -> KeyProblems.problem(key);
          case KmsFailure kms -> KmsProblems.problem(kms);
          default -> null;
        });
  }
}
