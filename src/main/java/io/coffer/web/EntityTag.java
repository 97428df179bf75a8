package io.coffer.web;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The entity tags of things that count their revisions. */
public final class EntityTag {

  private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"|(\\d{1,18})");
  private static final Pattern WEAK = Pattern.compile("W/\"[^\"]*\"");

  /** Nothing has this revision. */
  private static final long NONE = -1;

  private EntityTag() {}

  public static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /**
   * The revision of {@code If-Match} (RFC 9110, section 13.1.1); empty if any will do.
   *
   * @throws InvalidBody if it is none that an answer gave
   */
  public static OptionalLong expected(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
      return OptionalLong.empty();
    }
    if (WEAK.matcher(ifMatch.strip()).matches()) {
      // The comparison is the strong one, which a weak tag never passes.
      return OptionalLong.of(NONE);
    }
    Matcher matcher = TAG.matcher(ifMatch.strip());
    if (!matcher.matches()) {
      throw new InvalidBody(
          List.of(
              new Problem.FieldError(
                  "If-Match", "etag", "It must be one entity tag as an answer gave it.")));
    }
    String digits = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return OptionalLong.of(Long.parseLong(digits));
  }
}
