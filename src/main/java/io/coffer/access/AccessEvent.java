package io.coffer.access;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to which thing, with what outcome. It cannot hold a secret: it has ids, numbers and
 * codes out of closed alphabets, and no field for content.
 *
 * @param time when it happened
 * @param actor who did it; null: nobody who could be told
 * @param organization the tenant; null: none was selected
 * @param target what it was done to; null: nothing in particular
 * @param action what was done, for example {@code use}
 * @param outcome how it ended
 * @param reason a code for the why, for example {@code missing_role}; null: no more to say
 * @param origin where the request came from
 * @param details further codes by name, for example which fields changed
 */
public record AccessEvent(
    Instant time,
    @Nullable Actor actor,
    @Nullable UUID organization,
    @Nullable Target target,
    String action,
    Outcome outcome,
    @Nullable String reason,
    Origin origin,
    SortedMap<String, String> details) {

  private static final int MAX_DETAILS = 16;
  private static final int MAX_CODE = 64;
  private static final SortedMap<String, String> NO_DETAILS = Collections.emptySortedMap();
  private static final Pattern DETAIL = Pattern.compile("[A-Za-z0-9_.,:/-]{0,4096}");

  public AccessEvent {
    checkCode(action);
    checkCode(reason);
    // Nearly every event is a use, which has none.
    details =
        details.isEmpty() ? NO_DETAILS : Collections.unmodifiableSortedMap(new TreeMap<>(details));
    if (details.size() > MAX_DETAILS) {
      throw new IllegalArgumentException("an event has few details");
    }
    details.forEach(
        (name, value) -> {
          checkCode(name);
          check(value, DETAIL);
        });
  }

  /** How it ended. */
  public enum Outcome {
    DONE,
    REFUSED,
    FAILED
  }

  /**
   * What something was done to.
   *
   * @param kind what it is, for example {@code credential}
   * @param id its id
   * @param version a credential's version; null: it has none, or it is unknown
   * @param revision its revision; null: it has none, or it is unknown
   */
  public record Target(String kind, UUID id, @Nullable Integer version, @Nullable Long revision) {

    public Target {
      checkCode(kind);
    }

    /** A thing without versions. */
    public static Target of(String kind, UUID id) {
      return new Target(kind, id, null, null);
    }

    public static Target credential(UUID id, int version, long revision) {
      return new Target("credential", id, version, revision);
    }
  }

  /**
   * Where a request came from.
   *
   * @param requestId the request's id; null: not by request
   * @param clientAddress the client's IP address; null: unknown
   * @param face the foreign API it came by; null: the native one
   */
  public record Origin(
      @Nullable String requestId, @Nullable String clientAddress, @Nullable String face) {

    /** Of what the service does by itself. */
    public static final Origin NONE = new Origin(null, null, null);

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ADDRESS =
        Pattern.compile("[0-9A-Fa-f.:]{2,45}(%[A-Za-z0-9]{1,16})?");

    public Origin {
      check(requestId, REQUEST_ID);
      check(clientAddress, ADDRESS);
      checkCode(face);
    }
  }

  /** What a caller did in its organization, with the outcome {@code DONE}. */
  public static AccessEvent done(Caller caller, String action, Instant time) {
    return new AccessEvent(
        time,
        caller.actor(),
        caller.organization(),
        null,
        action,
        Outcome.DONE,
        null,
        caller.origin(),
        NO_DETAILS);
  }

  /** A token or a log-in that was not accepted; nobody can tell whose. */
  public static AccessEvent failedLogin(Instant time, String reason, Origin origin) {
    return new AccessEvent(
        time, null, null, null, "login", Outcome.FAILED, reason, origin, NO_DETAILS);
  }

  /** What the service itself did, with this outcome. */
  public static AccessEvent byCoffer(String action, Instant time, Outcome outcome) {
    return new AccessEvent(
        time, Actor.COFFER, null, null, action, outcome, null, Origin.NONE, NO_DETAILS);
  }

  /** The same event about this thing. */
  public AccessEvent about(Target thing) {
    return new AccessEvent(
        time, actor, organization, thing, action, outcome, reason, origin, details);
  }

  /** The same event in this organization. */
  public AccessEvent in(@Nullable UUID tenant) {
    return new AccessEvent(time, actor, tenant, target, action, outcome, reason, origin, details);
  }

  /** The same event, ended like this for this reason. */
  public AccessEvent ended(Outcome how, @Nullable String why) {
    return new AccessEvent(time, actor, organization, target, action, how, why, origin, details);
  }

  /** The same event with these details besides its own. */
  public AccessEvent with(Map<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(details);
    all.putAll(more);
    return new AccessEvent(time, actor, organization, target, action, outcome, reason, origin, all);
  }

  /** Lower-case words; by hand, because every use comes by here several times. */
  private static void checkCode(@Nullable String text) {
    if (text == null) {
      return;
    }
    boolean good = !text.isEmpty() && text.length() <= MAX_CODE && isLetter(text.charAt(0));
    for (int i = 1; good && i < text.length(); i++) {
      char c = text.charAt(i);
      good = isLetter(c) || c >= '0' && c <= '9' || c == '_' || c == '.';
    }
    if (!good) {
      throw new IllegalArgumentException("an event holds codes only");
    }
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static void check(@Nullable String text, Pattern form) {
    if (text != null && !form.matcher(text).matches()) {
      throw new IllegalArgumentException("an event holds codes only");
    }
  }
}
