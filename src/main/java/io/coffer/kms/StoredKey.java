package io.coffer.kms;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A data key as the table holds it.
 *
 * @param organization the tenant; null for keys that serve every tenant
 * @param wrapped the key that wrapped it, and what it gave
 * @param expiresAt until when it seals; null if it is not in use yet
 */
record StoredKey(
    UUID id,
    @Nullable UUID organization,
    KeyPurpose purpose,
    WrappedKey wrapped,
    @Nullable Instant expiresAt) {

  KeyContext context() {
    return new KeyContext(organization, id, purpose);
  }
}
