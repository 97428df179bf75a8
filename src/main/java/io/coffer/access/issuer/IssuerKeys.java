package io.coffer.access.issuer;

import io.coffer.access.issuer.IdentityFailure.KeysUnknown;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one issuer's keys. Several waiters share one fetch; after a failed fetch the
 * known keys count for a bounded time, because an issuer that cannot be asked cannot revoke either.
 */
final class IssuerKeys {

  private static final Logger LOG = Logger.getLogger(IssuerKeys.class);

  private final String name;
  private final KeySource source;
  private final Clock clock;
  private final Duration keepFor;
  private final Duration pause;

  private volatile @Nullable KeySet known;
  private Instant lastFetch = Instant.MIN;
  private @Nullable Uni<KeySet> underWay;

  IssuerKeys(String name, KeySource source, Clock clock, Duration keepFor, Duration pause) {
    this.name = name;
    this.source = source;
    this.clock = clock;
    this.keepFor = keepFor;
    this.pause = pause;
  }

  /** The known keys, fetched if there are none that still count. */
  Uni<KeySet> current() {
    KeySet keys = countingKeys();
    return keys != null ? Uni.createFrom().item(keys) : afterPause();
  }

  /** The keys that still count; null: none. */
  @Nullable KeySet countingKeys() {
    KeySet keys = known;
    return keys != null && clock.instant().isBefore(keys.fetchedAt().plus(keepFor)) ? keys : null;
  }

  /** The keys fetched anew, unless that was done a moment ago. */
  synchronized Uni<KeySet> afterPause() {
    boolean again = !clock.instant().isBefore(nextFetch());
    if (underWay != null || again) {
      return poll();
    }
    KeySet keys = countingKeys();
    return keys != null ? Uni.createFrom().item(keys) : Uni.createFrom().failure(KeysUnknown::new);
  }

  /** The keys fetched anew; on failure those that still count. */
  synchronized Uni<KeySet> poll() {
    if (underWay == null) {
      lastFetch = clock.instant();
      underWay =
          Uni.createFrom()
              .deferred(source::fetch)
              .invoke(keys -> known = keys)
              .onFailure()
              .recoverWithUni(this::afterFailure)
              .onTermination()
              .invoke(this::finished)
              .memoize()
              .indefinitely();
    }
    return underWay;
  }

  private Instant nextFetch() {
    return lastFetch.equals(Instant.MIN) ? lastFetch : lastFetch.plus(pause);
  }

  private Uni<KeySet> afterFailure(Throwable failure) {
    KeySet keys = countingKeys();
    // The message may quote what the other side sent; the class tells enough.
    LOG.warnf(
        "The keys of issuer '%s' cannot be fetched (%s); %s",
        name,
        failure.getClass().getSimpleName(),
        keys == null ? "its tokens are refused" : "those of " + keys.fetchedAt() + " still count");
    return keys == null ? Uni.createFrom().failure(KeysUnknown::new) : Uni.createFrom().item(keys);
  }

  private synchronized void finished() {
    underWay = null;
  }
}
