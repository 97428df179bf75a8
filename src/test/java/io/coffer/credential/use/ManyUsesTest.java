package io.coffer.credential.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.access.Rights;
import io.coffer.credential.use.UseAnswers.Outcome;
import io.coffer.secret.SecretValue;
import io.coffer.type.RenderForm;
import io.coffer.type.RenderedValues;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManyUsesTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final SecretValue first = SecretValue.ofText("first");
  private final SecretValue late = SecretValue.ofText("late");

  @Test
  void wipesWhatWasOpenedWhenTheRequestFails() {
    Uni<List<Outcome>> all = new ManyUses().all(List.of(given(first), failing()), 1);
    assertThatThrownBy(() -> all.await().atMost(DEADLINE)).hasMessage("planned");
    assertThat(first.isClosed()).isTrue();
  }

  @Test
  void wipesAValueThatIsOpenedAfterAnotherUseFailed() {
    CompletableFuture<Outcome> slow = new CompletableFuture<>();
    Uni<Outcome> opening = Uni.createFrom().completionStage(slow);
    CompletableFuture<List<Outcome>> all =
        new ManyUses()
            .all(List.of(opening, failing(), given(first)), 2)
            .subscribe()
            .asCompletionStage();
    assertThat(all).isNotDone();
    assertThat(slow.complete(outcome(late))).isTrue();
    assertThatThrownBy(all::join).isInstanceOf(CompletionException.class);
    assertThat(late.isClosed()).isTrue();
  }

  @Test
  void beginsNoUseAfterOneFailed() {
    AtomicInteger begun = new AtomicInteger();
    List<Uni<Outcome>> uses = new ArrayList<>(List.of(failing()));
    for (int i = 0; i < 10; i++) {
      uses.add(given(first).onSubscription().invoke(begun::incrementAndGet));
    }
    Uni<List<Outcome>> all = new ManyUses().all(uses, 1);
    assertThatThrownBy(() -> all.await().atMost(DEADLINE)).hasMessage("planned");
    assertThat(begun).hasValue(0);
  }

  @Test
  void wipesWhatWasOpenedWhenNobodyWaitsAnyMore() {
    Uni<Outcome> never = Uni.createFrom().nothing();
    new ManyUses().all(List.of(given(first), never), 1).subscribe().with(_ -> {}).cancel();
    assertThat(first.isClosed()).isTrue();
  }

  @Test
  void leavesTheValuesOfAnAnswerToWhoAsked() {
    assertThat(new ManyUses().all(List.of(given(first), given(late)), 5).await().atMost(DEADLINE))
        .hasSize(2);
    assertThat(first.isClosed()).isFalse();
    assertThat(late.isClosed()).isFalse();
  }

  private static Uni<Outcome> given(SecretValue value) {
    return Uni.createFrom().item(() -> outcome(value));
  }

  private static Uni<Outcome> failing() {
    return Uni.createFrom().failure(() -> new IllegalStateException("planned"));
  }

  private static Outcome outcome(SecretValue value) {
    UsableCredential credential =
        new UsableCredential(
            UUID.randomUUID(),
            UUID.randomUUID(),
            false,
            UUID.randomUUID(),
            "name",
            1,
            1,
            Map.of(),
            new byte[0],
            Rights.ALL);
    return new Outcome.Given(
        new UsedValue(
            credential, "token", RenderForm.FIELDS, RenderedValues.of(Map.of("token", value))));
  }
}
