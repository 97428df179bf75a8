package io.coffer.probe;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a value has shown. It holds nothing of the value and none of the provider's
 * text, so that it can be stored, answered and logged. The factories keep the rule that only a
 * refusal that names the value makes it invalid.
 *
 * @param finding whether the value is the right one
 * @param reason why
 * @param usable whether work with it would succeed now; null: that was not shown
 * @param code the provider's own code, such as {@code invalid_api_key} or {@code 28P01}; null: none
 * @param warnings what to look at besides
 * @param retryAfter when the provider wants to be asked again, from then on; null: it said nothing
 * @param tls what is wrong with the protected connection; null unless the reason is TLS
 * @param expiresAt when the value's time is over; null: not known
 * @param metadata what the provider told of the value, from a list of the probe; never more
 * @param weak whether another look may well differ, so that one alone does not move {@code
 *     is_valid} from what it was
 */
@CheckReturnValue
public record Verdict(
    Finding finding,
    Reason reason,
    @Nullable Boolean usable,
    @Nullable String code,
    Set<Warning> warnings,
    @Nullable Duration retryAfter,
    @Nullable TlsFault tls,
    @Nullable Instant expiresAt,
    Map<String, String> metadata,
    boolean weak) {

  private static final int MOST_METADATA = 16;
  private static final int LONGEST_METADATA = 256;
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern NOT_IN_CODES = Pattern.compile("[^A-Za-z0-9_.-]+");

  public Verdict {
    if (!reason.fits(finding) && finding != Finding.NOT_PROBED) {
      throw new IllegalArgumentException(reason + " cannot be why a value is " + finding);
    }
    if (code != null && !CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("not a code");
    }
    warnings = Set.copyOf(warnings);
    metadata = bounded(metadata);
  }

  /** The value works. */
  public static Verdict valid() {
    return of(Finding.VALID, Reason.OK, true);
  }

  /** The value was recognised, and cannot do its work for that reason. */
  public static Verdict unusable(Reason reason) {
    return of(Finding.VALID, reason, false);
  }

  /** The value was refused, and is why. */
  public static Verdict invalid(Reason reason) {
    return of(Finding.INVALID, reason, false);
  }

  /** Nothing was shown. */
  public static Verdict unknown(Reason reason) {
    return of(Finding.UNKNOWN, reason, null);
  }

  /** There is no safe call that would show anything. */
  public static Verdict notProbed() {
    return of(Finding.NOT_PROBED, Reason.INCONCLUSIVE, null);
  }

  /** Any verdict, for probes that are told by data what an answer means. */
  public static Verdict of(Finding finding, Reason reason, @Nullable Boolean usable) {
    return new Verdict(finding, reason, usable, null, Set.of(), null, null, null, Map.of(), false);
  }

  /** With the provider's code; what no code consists of is left out of it. */
  public Verdict withCode(@Nullable String raw) {
    return new Verdict(
        finding,
        reason,
        usable,
        cleaned(raw),
        warnings,
        retryAfter,
        tls,
        expiresAt,
        metadata,
        weak);
  }

  /** With these warnings besides. */
  public Verdict withWarnings(Warning... more) {
    Set<Warning> all = EnumSet.noneOf(Warning.class);
    all.addAll(warnings);
    all.addAll(Arrays.asList(more));
    return new Verdict(
        finding, reason, usable, code, all, retryAfter, tls, expiresAt, metadata, weak);
  }

  /** With when the provider wants to be asked again. */
  public Verdict withRetryAfter(@Nullable Duration after) {
    return new Verdict(
        finding, reason, usable, code, warnings, after, tls, expiresAt, metadata, weak);
  }

  /** With what is wrong with the protected connection. */
  public Verdict withTls(TlsFault fault) {
    return new Verdict(
        finding, reason, usable, code, warnings, retryAfter, fault, expiresAt, metadata, weak);
  }

  /** With when the value's time is over. */
  public Verdict withExpiry(@Nullable Instant at) {
    return new Verdict(
        finding, reason, usable, code, warnings, retryAfter, tls, at, metadata, weak);
  }

  /** With what the provider told of the value. */
  public Verdict withMetadata(Map<String, String> told) {
    return new Verdict(
        finding, reason, usable, code, warnings, retryAfter, tls, expiresAt, told, weak);
  }

  /** As one that another look may well contradict. */
  public Verdict weakly() {
    return new Verdict(
        finding, reason, usable, code, warnings, retryAfter, tls, expiresAt, metadata, true);
  }

  /** Codes of databases and providers; a text that has become one in disguise is cut. */
  private static @Nullable String cleaned(@Nullable String raw) {
    if (raw == null) {
      return null;
    }
    String code = NOT_IN_CODES.matcher(raw.strip()).replaceAll("_");
    return code.isEmpty() ? null : code.substring(0, Math.min(code.length(), 64));
  }

  private static Map<String, String> bounded(Map<String, String> metadata) {
    TreeMap<String, String> kept = new TreeMap<>();
    metadata.forEach(
        (name, value) -> {
          if (kept.size() < MOST_METADATA) {
            kept.put(
                name.toLowerCase(Locale.ROOT),
                value.substring(0, Math.min(value.length(), LONGEST_METADATA)));
          }
        });
    return Map.copyOf(kept);
  }
}
