package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may call, and in which order. */
class PermitsTest {

  private final UUID one = new UUID(0, 1);
  private final UUID other = new UUID(0, 2);
  private final List<String> begun = new ArrayList<>();
  private final List<UniEmitter<? super String>> running = new ArrayList<>();

  @Test
  void keepsEachLimit() {
    Permits permits = new Permits(5, 3, 2, 100);
    for (int i = 0; i < 4; i++) {
      run(permits, one, "a");
      run(permits, one, "b");
      run(permits, other, "a");
      run(permits, other, "c");
    }
    assertThat(begun).hasSize(5);
    assertThat(begun.stream().filter(it -> it.endsWith("a"))).hasSize(2);
    assertThat(begun.stream().filter(it -> it.startsWith(one.toString()))).hasSize(3);
    assertThat(permits.running()).isEqualTo(5);
    assertThat(permits.queued()).isEqualTo(11);
    while (!running.isEmpty()) {
      end(0);
      assertThat(permits.running()).isLessThanOrEqualTo(5);
    }
    assertThat(begun).hasSize(16);
    assertThat(permits.running()).isZero();
    assertThat(permits.queued()).isZero();
  }

  @Test
  void letsOrganizationsTakeTurns() {
    Permits permits = new Permits(1, 1, 1, 100);
    for (int i = 0; i < 10; i++) {
      run(permits, one, "a");
    }
    run(permits, other, "a");
    end(0);
    end(0);
    assertThat(begun.subList(0, 3)).contains(other + "a");
  }

  @Test
  void doesNotHoldUpOthersBehindAFullHost() {
    Permits permits = new Permits(10, 10, 1, 100);
    run(permits, one, "slow");
    run(permits, one, "slow");
    run(permits, one, "quick");
    assertThat(begun).containsExactly(one + "slow", one + "quick");
  }

  @Test
  void refusesAtOnceWhenTooManyWait() {
    Permits permits = new Permits(1, 1, 1, 1);
    run(permits, one, "a");
    run(permits, one, "a");
    assertThatThrownBy(
            () -> permits.run(one, "a", () -> Uni.createFrom().item(1)).await().indefinitely())
        .isInstanceOf(ProbeFailure.Busy.class);
  }

  @Test
  void forgetsWhoNoLongerWaits() {
    Permits permits = new Permits(1, 1, 1, 10);
    run(permits, one, "a");
    Cancellable waiting = run(permits, one, "a");
    waiting.cancel();
    assertThat(permits.queued()).isZero();
    end(0);
    assertThat(begun).hasSize(1);
    assertThat(permits.running()).isZero();
  }

  @Test
  void givesThePermitBackAfterAFailure() {
    Permits permits = new Permits(1, 1, 1, 10);
    assertThatThrownBy(
            () ->
                permits
                    .run(
                        one,
                        "a",
                        () -> {
                          throw new IllegalStateException();
                        })
                    .await()
                    .indefinitely())
        .isInstanceOf(IllegalStateException.class);
    assertThat(permits.running()).isZero();
  }

  @com.google.errorprone.annotations.CanIgnoreReturnValue
  private Cancellable run(Permits permits, UUID organization, String host) {
    return permits
        .run(
            organization,
            host,
            () -> {
              begun.add(organization + host);
              return Uni.createFrom().<String>emitter(running::add);
            })
        .subscribe()
        .with(_ -> {});
  }

  private void end(int index) {
    running.remove(index).complete("done");
  }
}
