package io.coffer.access;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to which credential, with what outcome. It cannot hold a secret: it has ids, numbers
 * and codes out of closed alphabets, and no field for content.
 *
 * @param time when it happened
 * @param actor who did it; null: nobody who could be told
 * @param organization the tenant; null: none was selected
 * @param credential which credential; null: none in particular
 * @param version the credential's version; null: unknown
 * @param revision the credential's revision; null: unknown
 * @param action what was done, for example {@code use}
 * @param outcome how it ended
 * @param reason a code for the why, for example {@code missing_role}; null: no more to say
 * @param requestId the request's id; null: not by request
 * @param clientAddress the client's IP address; null: unknown
 */
public record AccessEvent(
    Instant time,
    @Nullable Actor actor,
    @Nullable UUID organization,
    @Nullable UUID credential,
    @Nullable Integer version,
    @Nullable Long revision,
    String action,
    Outcome outcome,
    @Nullable String reason,
    @Nullable String requestId,
    @Nullable String clientAddress) {

  /** How it ended. */
  public enum Outcome {
    DONE,
    REFUSED,
    FAILED
  }

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_.]{0,63}");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9A-Fa-f.:]{2,45}(%[A-Za-z0-9]{1,16})?");

  public AccessEvent {
    check(action, CODE);
    check(reason, CODE);
    check(requestId, REQUEST_ID);
    check(clientAddress, ADDRESS);
  }

  /** What a caller did to a credential, with the outcome {@code DONE}. */
  public static AccessEvent done(Caller caller, String action, Instant time) {
    return new AccessEvent(
        time,
        caller.actor(),
        caller.organization(),
        null,
        null,
        null,
        action,
        Outcome.DONE,
        null,
        null,
        null);
  }

  /** The same event about this credential. */
  public AccessEvent of(UUID credentialId, int itsVersion, long itsRevision) {
    return new AccessEvent(
        time,
        actor,
        organization,
        credentialId,
        itsVersion,
        itsRevision,
        action,
        outcome,
        reason,
        requestId,
        clientAddress);
  }

  /** The same event, not done for this reason. */
  public AccessEvent refused(String why) {
    return new AccessEvent(
        time,
        actor,
        organization,
        credential,
        version,
        revision,
        action,
        Outcome.REFUSED,
        why,
        requestId,
        clientAddress);
  }

  /** The same event, tried and failed for this reason. */
  public AccessEvent failed(String why) {
    return new AccessEvent(
        time,
        actor,
        organization,
        credential,
        version,
        revision,
        action,
        Outcome.FAILED,
        why,
        requestId,
        clientAddress);
  }

  /** The same event, asked for by this request. */
  public AccessEvent by(@Nullable String request, @Nullable String address) {
    return new AccessEvent(
        time,
        actor,
        organization,
        credential,
        version,
        revision,
        action,
        outcome,
        reason,
        request,
        address);
  }

  private static void check(@Nullable String text, Pattern form) {
    if (text != null && !form.matcher(text).matches()) {
      throw new IllegalArgumentException("an event holds codes only");
    }
  }
}
