package io.coffer.kms;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether the key management service answers and the default key works, learnt from the calls that
 * are made anyway and from the watch. Asking makes no call.
 */
@ApplicationScoped
public class KmsHealth implements KmsObserver {

  private static final String NOT_ASKED = "not_asked_yet";

  /**
   * What is known.
   *
   * @param serviceTrouble the kind of the last failure that speaks of the service; null if none
   * @param keyTrouble the kind of the default key's last failure; null if it works
   * @param since when it last became up or down
   * @param lastSeen when a call last ended; null before the first
   */
  public record State(
      @Nullable String serviceTrouble,
      @Nullable String keyTrouble,
      Instant since,
      @Nullable Instant lastSeen) {

    public boolean up() {
      return serviceTrouble == null && keyTrouble == null;
    }

    /** The kind of failure, for example {@code unavailable}; null while up. */
    public @Nullable String reason() {
      return serviceTrouble != null ? serviceTrouble : keyTrouble;
    }
  }

  private final Clock clock;
  private final AtomicReference<State> state;

  @Inject
  KmsHealth(MeterRegistry registry) {
    this(Clock.systemUTC());
    Gauge.builder("coffer.kms.up", this, health -> health.state().up() ? 1 : 0)
        .description("Whether the key management service and the default key can be used: 1 or 0")
        .register(registry);
  }

  KmsHealth(Clock clock) {
    this.clock = clock;
    this.state = new AtomicReference<>(new State(null, NOT_ASKED, clock.instant(), null));
  }

  /** What is known now; never blocks. */
  public State state() {
    return Objects.requireNonNull(state.get());
  }

  /** Takes note of a request for whichever key. */
  @Override
  public void observed(
      String provider, KmsOperation operation, @Nullable KmsFailure failure, Duration took) {
    if (failure == null || !speaksOfOneKey(failure)) {
      String trouble = failure == null ? null : failure.label();
      change(trouble, state().keyTrouble());
    }
  }

  /** Takes note of how the default key itself was found: null if it works. */
  void defaultKey(@Nullable KmsFailure failure) {
    if (failure == null || speaksOfOneKey(failure)) {
      change(state().serviceTrouble(), failure == null ? null : failure.label());
    }
  }

  private void change(@Nullable String service, @Nullable String key) {
    Instant now = clock.instant();
    state.updateAndGet(
        before -> {
          boolean same = before.up() == (service == null && key == null);
          return new State(service, key, same ? before.since() : now, now);
        });
  }

  /** Single organizations' keys and damaged rows say nothing about the service. */
  private static boolean speaksOfOneKey(KmsFailure failure) {
    return switch (failure) {
      case KmsFailure.Unavailable _, KmsFailure.Throttled _, KmsFailure.Unauthenticated _ -> false;
      case KmsFailure.Corrupt _,
          KmsFailure.WrongKey _,
          KmsFailure.UnknownKey _,
          KmsFailure.KeyDisabled _,
          KmsFailure.Misconfigured _,
          KmsFailure.Denied _,
          KmsFailure.Unexpected _ ->
          true;
    };
  }
}
