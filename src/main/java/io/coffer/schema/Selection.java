package io.coffer.schema;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which tables are wanted. A pattern is {@code schema} or {@code schema.table}, case aside, where
 * {@code *} stands for any characters; a table belongs to the selection if a pattern of {@code
 * include} fits, or there is none, and no pattern of {@code exclude} does.
 *
 * @param include what is wanted; empty: all
 * @param exclude what is not wanted
 */
public record Selection(List<String> include, List<String> exclude) {

  /** How many patterns each list may have. */
  public static final int MOST_PATTERNS = 100;

  /** How long a pattern may be. */
  public static final int LONGEST_PATTERN = 513;

  /** Everything. */
  public static final Selection ALL = new Selection(List.of(), List.of());

  public Selection {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Whether that table is wanted. */
  public boolean has(@Nullable String schema, String table) {
    String place = schema == null ? "" : schema.toLowerCase(Locale.ROOT);
    String name = table.toLowerCase(Locale.ROOT);
    return (include.isEmpty() || include.stream().anyMatch(one -> fits(one, place, name)))
        && exclude.stream().noneMatch(one -> fits(one, place, name));
  }

  /** Whether a table of that schema may be wanted, whatever its name. */
  public boolean mayHave(String schema) {
    String place = schema.toLowerCase(Locale.ROOT);
    return (include.isEmpty() || include.stream().anyMatch(one -> fits(schemaOf(one), place)))
        && exclude.stream().noneMatch(one -> fits(one.toLowerCase(Locale.ROOT), place));
  }

  /** The part of a pattern that speaks of the schema. */
  private static String schemaOf(String pattern) {
    int dot = pattern.indexOf('.');
    return (dot < 0 ? pattern : pattern.substring(0, dot)).toLowerCase(Locale.ROOT);
  }

  private static boolean fits(String pattern, String schema, String table) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    return fits(lower, schema) || fits(lower, schema.isEmpty() ? table : schema + '.' + table);
  }

  /** Goes back to the last star only, so that it takes time in proportion to both lengths. */
  private static boolean fits(String pattern, String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resumed = 0;
    while (in < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resumed = in;
      } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resumed;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
