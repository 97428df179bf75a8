package io.coffer.web;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The entity tags of things that count their revisions. */
public final class EntityTag {

  private static final Pattern OURS = Pattern.compile("\"(\\d{1,18})\"");

  /** RFC 9110, section 8.8.3. */
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");

  /** Nothing has this revision. */
  private static final long NONE = -1;

  private EntityTag() {}

  public static String of(long revision) {
    return "\"" + revision + "\"";
  }

  /**
   * The revision of {@code If-Match} (RFC 9110, section 13.1.1); empty if any will do.
   *
   * @throws InvalidHeader if it is not one entity tag
   */
  public static OptionalLong expected(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return OptionalLong.empty();
    }
    Matcher ours = OURS.matcher(ifMatch.strip());
    if (ours.matches()) {
      return OptionalLong.of(Long.parseLong(ours.group(1)));
    }
    if (TAG.matcher(ifMatch.strip()).matches()) {
      // One that no answer gave; or a weak one, which the strong comparison never finds equal.
      return OptionalLong.of(NONE);
    }
    throw new InvalidHeader(
        "If-Match", "It must be * or one entity tag as an answer gave it, with its quotes.");
  }
}
