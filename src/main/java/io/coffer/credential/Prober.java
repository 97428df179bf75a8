package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.UUID;

/**
 * Tries values before they are stored. A port: what looks at values knows credentials, not the
 * other way round.
 */
public interface Prober {

  /**
   * A value that may become a credential's.
   *
   * @param organization the tenant
   * @param credential whose it will be
   * @param version the credential's version with this value
   * @param secrets stay the caller's, open until the Uni has ended
   */
  record Candidate(
      UUID organization,
      UUID credential,
      int version,
      CredentialType type,
      Map<String, Object> plain,
      SecretFields secrets) {
    @Override
    public String toString() {
      return "Candidate[" + credential + " version " + version + ']';
    }
  }

  /** What a trial has shown. */
  interface Trial {

    /** Whether whoever the value is for has refused it. */
    boolean refused();

    /** A word for why. */
    String reason();

    /** Stores what was shown with the credential, once that is stored itself. */
    Uni<Void> keep();
  }

  /**
   * Tries a value; its record is durable before.
   *
   * @return fails if the trial could not be made, not if it showed nothing
   */
  Uni<Trial> tryOut(Caller caller, Candidate candidate);
}
