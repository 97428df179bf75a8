package io.coffer.access.issuer;

import io.smallrye.mutiny.Uni;

/** Asks an issuer for its keys. */
interface KeySource {

  /** The keys as they are now; fails when the issuer cannot be asked or answers nonsense. */
  Uni<KeySet> fetch();
}
