package io.coffer.access.issuer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jspecify.annotations.Nullable;

/**
 * An issuer's public keys as they were at one time.
 *
 * @param issuer the identifier that the issuer's tokens carry
 * @param keys the public keys
 * @param fetchedAt when the issuer said so
 */
record KeySet(String issuer, List<JsonWebKey> keys, Instant fetchedAt) {

  KeySet {
    keys = List.copyOf(keys);
  }

  /**
   * The key that a token names.
   *
   * @param keyId the token's {@code kid}; null fits only where there is one key
   * @param algorithm the token's {@code alg}
   */
  Optional<JsonWebKey> find(@Nullable String keyId, String algorithm) {
    List<JsonWebKey> fitting =
        keys.stream()
            .filter(key -> keyId == null || keyId.equals(key.getKeyId()))
            .filter(key -> key.getUse() == null || key.getUse().equals("sig"))
            .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
            .toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  /** Whether this very key, not only one of its name, is still published. */
  boolean contains(JsonWebKey key) {
    return keys.stream().anyMatch(known -> known.getKey().equals(key.getKey()));
  }
}
