package io.coffer.probe;

import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Verdicts of a short while ago, and those that are being found: equal checks share one call. */
final class VerdictMemory {

  private final ProbesConfig.Remember config;
  private final Clock clock;
  private final Map<ByteBuffer, Uni<Checked>> underWay = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, Checked> known;

  VerdictMemory(ProbesConfig.Remember config, Clock clock) {
    this.config = config;
    this.clock = clock;
    int most = config.verdicts();
    this.known =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Checked> eldest) {
            return size() > most;
          }
        };
  }

  /** The verdict on that value, if it is not older than that. */
  Optional<Checked> find(ByteBuffer key, Duration atMost) {
    Checked checked;
    synchronized (known) {
      checked = known.get(key);
    }
    if (checked == null) {
      return Optional.empty();
    }
    Duration age = Duration.between(checked.at(), clock.instant());
    Duration limit = counts(checked.verdict().finding());
    boolean fresh = age.compareTo(limit) < 0 && age.compareTo(atMost) < 0;
    return fresh ? Optional.of(checked) : Optional.empty();
  }

  /**
   * What is being found out about that value, or else what this work finds. The work goes on when
   * those who wait for it go away: others may have joined them.
   *
   * @param work called at once by whoever is the first
   */
  Uni<Checked> share(ByteBuffer key, Supplier<Uni<Checked>> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                underWay.computeIfAbsent(
                    key,
                    _ ->
                        work.get()
                            .invoke(checked -> keep(key, checked))
                            .onTermination()
                            .invoke(() -> underWay.remove(key))
                            .memoize()
                            .indefinitely()));
  }

  private void keep(ByteBuffer key, Checked checked) {
    synchronized (known) {
      known.remove(key);
      known.put(key, checked);
    }
  }

  private Duration counts(Finding finding) {
    return switch (finding) {
      case VALID -> config.valid();
      case INVALID -> config.invalid();
      case UNKNOWN, NOT_PROBED -> config.unknown();
    };
  }
}
