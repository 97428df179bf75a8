package io.coffer.access.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coffer.access.issuer.IdentityFailure.TokenRefused;
import io.coffer.access.issuer.IdentityFailure.TokenRefused.Reason;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks access tokens of all issuers. An accepted one is remembered by its hash until it expires
 * or its key is withdrawn, because checking a signature costs more than all else in a request.
 */
public final class TokenChecker {

  private final Map<String, Issuer> byAddress = new TreeMap<>();
  private final Cache<String, Issuer.Accepted> accepted;
  private final boolean remembers;
  private final Clock clock;

  /**
   * @param byUrl the issuers by their addresses
   * @param maxCheckedTokens how many accepted tokens are remembered; 0: none, not even for a moment
   */
  TokenChecker(Map<String, Issuer> byUrl, int maxCheckedTokens, Clock clock) {
    byUrl.forEach((url, issuer) -> byAddress.put(HttpKeySource.withoutSlash(url), issuer));
    this.accepted = Caffeine.newBuilder().maximumSize(maxCheckedTokens).build();
    this.remembers = maxCheckedTokens > 0;
    this.clock = clock;
  }

  /** What the token says; fails with an {@link IdentityFailure}. */
  public Uni<CheckedToken> check(String compact) {
    return Uni.createFrom()
        .deferred(
            () -> {
              String hash = hash(compact);
              Issuer.Accepted known = accepted.getIfPresent(hash);
              if (known != null) {
                if (known.stillGood(clock.instant())) {
                  return Uni.createFrom().item(known.token());
                }
                accepted.invalidate(hash);
              }
              return checkAnew(hash, compact);
            });
  }

  /** Fetches the keys of all issuers once more; never fails. */
  Uni<Void> pollKeys() {
    if (byAddress.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Uni.join()
        .all(
            byAddress.values().stream()
                .map(issuer -> issuer.keys().poll().onFailure().recoverWithNull())
                .toList())
        .andFailFast()
        .replaceWithVoid();
  }

  private Uni<CheckedToken> checkAnew(String hash, String compact) {
    UnverifiedToken token = UnverifiedToken.read(compact);
    Issuer issuer = byAddress.get(HttpKeySource.withoutSlash(token.issuer()));
    if (issuer == null) {
      throw new TokenRefused(Reason.UNKNOWN_ISSUER);
    }
    return Contexts.resumeHere(issuer.check(token))
        .invoke(fresh -> remember(hash, fresh))
        .map(Issuer.Accepted::token);
  }

  private void remember(String hash, Issuer.Accepted fresh) {
    // A cache of size 0 keeps what it was given until it gets round to throwing it away.
    if (remembers) {
      accepted.put(hash, fresh);
    }
  }

  private static String hash(String compact) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(compact.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
