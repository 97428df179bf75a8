package io.coffer.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A person or workload that gets a row: one that came or was announced with its identity, or a
 * placeholder.
 *
 * @param issuer who vouches for it; null: a placeholder
 * @param subject the issuer's name for it; null: a placeholder
 * @param kind what it is
 * @param userName a label; where another has it, a number is added
 * @param displayName a label; null: none
 * @param email a label; null: none
 * @param bindValue by what a placeholder will be recognized; null: it has its identity
 * @param bindWithin for how long a placeholder waits
 * @param come whether it came by itself, and was not announced
 */
public record NewPrincipal(
    @Nullable String issuer,
    @Nullable String subject,
    Actor.Kind kind,
    String userName,
    @Nullable String displayName,
    @Nullable String email,
    @Nullable String bindValue,
    Duration bindWithin,
    boolean come) {

  /** Who is known by issuer and subject. */
  public static NewPrincipal known(
      String issuer, String subject, Actor.Kind kind, String userName) {
    return new NewPrincipal(
        issuer, subject, kind, userName, null, null, null, Duration.ZERO, false);
  }

  /** Somebody who has not come yet. */
  public static NewPrincipal placeholder(String userName, String bindValue, Duration within) {
    return new NewPrincipal(
        null, null, Actor.Kind.PERSON, userName, null, null, bindValue, within, false);
  }

  static NewPrincipal of(Presented presented) {
    Claims.Profile profile = presented.claims().profile();
    return new NewPrincipal(
        presented.token().issuer(),
        presented.token().subject(),
        profile.kind(),
        profile.userName(),
        profile.displayName(),
        profile.email(),
        null,
        Duration.ZERO,
        true);
  }
}
