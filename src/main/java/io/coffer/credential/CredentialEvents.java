package io.coffer.credential;

import io.coffer.access.AccessEvent;
import io.coffer.access.AccessEvent.Target;
import io.coffer.access.Recorder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Records changes of credentials in their own transactions. Each event carries the SHA-256 of the
 * sealed value that it leaves, so that a row which is put back to an older state does not fit it.
 */
@ApplicationScoped
class CredentialEvents {

  private static final String SEALED = "sealed";

  /** Stands for the value of a purged credential. */
  private static final String NONE = "none";

  private final Recorder recorder;
  private final Clock clock;

  CredentialEvents(Recorder recorder, Clock clock) {
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Records what was done to the row.
   *
   * @param row as the transaction leaves it
   */
  Uni<Void> enlist(Mutiny.Session transaction, Deed deed, CredentialEntity row) {
    AccessEvent event =
        AccessEvent.done(deed.caller(), deed.action(), clock.instant())
            .in(row.organization)
            .about(Target.credential(row.id, row.version, row.revision))
            .with(deed.details())
            .with(Map.of(SEALED, row.sealed == null ? NONE : digest(row.sealed)));
    return recorder.enlist(transaction, event);
  }

  private static String digest(byte[] sealedValue) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(sealedValue));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
