package io.coffer.credential.use;

import io.coffer.access.Denied;
import io.coffer.credential.CredentialFailure;
import io.coffer.type.TypeFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts uses and refusals, and times them; no label names a credential. */
@ApplicationScoped
class UseMetrics {

  /** Why a use did not give a value; the words of the label. */
  enum Refusal {
    NOT_FOUND,
    MISSING_ROLE,
    INVALID,
    FAILED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Counter uses;
  private final Timer duration;
  private final Map<Refusal, Counter> refusals;

  UseMetrics(MeterRegistry registry) {
    uses = Counter.builder("coffer.uses").description("Values handed out").register(registry);
    duration =
        Timer.builder("coffer.use.duration")
            .description("Time from the request for values to their answer")
            .publishPercentileHistogram()
            .register(registry);
    refusals =
        Stream.of(Refusal.values())
            .collect(Collectors.toMap(Function.identity(), reason -> refusal(registry, reason)));
  }

  /** The counters are there before the first use: a rate needs a zero to start from. */
  void start(@Observes StartupEvent event) {}

  private static Counter refusal(MeterRegistry registry, Refusal reason) {
    return Counter.builder("coffer.use.refusals")
        .description("Uses that gave no value")
        .tag("reason", reason.label())
        .register(registry);
  }

  void used() {
    uses.increment();
  }

  void refused(Throwable failure) {
    Counter counter = refusals.get(reason(failure));
    if (counter != null) {
      counter.increment();
    }
  }

  Timer duration() {
    return duration;
  }

  private static Refusal reason(Throwable failure) {
    return switch (failure) {
      case Denied.NotVisible _ -> Refusal.NOT_FOUND;
      case Denied _ -> Refusal.MISSING_ROLE;
      case CredentialFailure.Busy _ -> Refusal.FAILED;
      case CredentialFailure _ -> Refusal.INVALID;
      case TypeFailure _ -> Refusal.INVALID;
      default -> Refusal.FAILED;
    };
  }
}
