package io.coffer.type;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Tells what still uses a credential type; implemented by whoever keeps credentials. */
public interface TypeUsers {

  /** The number of credentials of that type that are not purged. */
  Uni<Long> count(UUID type);
}
