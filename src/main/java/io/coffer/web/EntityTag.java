package io.coffer.web;

import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The entity tags of things that count their revisions. */
public final class EntityTag {

  private static final Pattern OURS = Pattern.compile("\"(\\d{1,18})\"");

  /** RFC 9110, section 8.8.3. */
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");

  private static final Pattern TAGS = Pattern.compile(TAG + "(?:[ \\t]*,[ \\t]*" + TAG + ")*");

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

  /**
   * Which revisions {@code If-None-Match} says are known (RFC 9110, section 13.1.2); weak tags
   * count like strong ones.
   *
   * @throws InvalidHeader if it is neither {@code *} nor a list of entity tags
   */
  public static LongPredicate known(@Nullable String ifNoneMatch) {
    if (ifNoneMatch == null) {
      return _ -> false;
    }
    if (ifNoneMatch.strip().equals("*")) {
      return _ -> true;
    }
    if (!TAGS.matcher(ifNoneMatch.strip()).matches()) {
      throw new InvalidHeader(
          "If-None-Match", "It must be * or entity tags as answers gave them, with their quotes.");
    }
    Set<String> tags =
        TAG.matcher(ifNoneMatch)
            .results()
            .map(tag -> tag.group().substring(tag.group().indexOf('"')))
            .collect(Collectors.toSet());
    return revision -> tags.contains(of(revision));
  }
}
