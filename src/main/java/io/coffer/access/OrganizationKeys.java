package io.coffer.access;

import io.smallrye.mutiny.Uni;
import java.util.Set;

/** Tells whether a key-encryption key can be an organization's own. */
public interface OrganizationKeys {

  /** What is to be said of a key. */
  enum Verdict {
    USABLE,
    UNKNOWN_PROVIDER,
    /** The provider has no such key, or does not let us use it. */
    UNKNOWN_KEY,
    /** It exists, but is switched off or not made for wrapping. */
    UNUSABLE
  }

  /**
   * Asks the provider about a key.
   *
   * @return fails if the provider cannot be asked now
   */
  Uni<Verdict> check(String provider, String keyId);

  /** The names of the providers that are configured. */
  Set<String> providers();
}
