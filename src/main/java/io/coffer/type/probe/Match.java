package io.coffer.type.probe;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one value of an answer, in one of these forms:
 *
 * <ul>
 *   <li>a text, number or truth value: it is that
 *   <li>{@code {one_of: […]}}: it is one of those
 *   <li>{@code {contains: …}}: it holds the text, or one of the texts, in whatever case
 *   <li>{@code {is: array}}: it is an {@code array}, {@code object}, {@code string}, {@code number}
 *       or {@code boolean}, {@code present} in any form, or {@code absent}
 *   <li>{@code {at_most: 0}}: it is a number, also as a text, that is not greater
 * </ul>
 */
public final class Match {

  private static final Set<String> FORMS = Set.of("one_of", "contains", "is", "at_most");
  private static final Set<String> SORTS =
      Set.of("array", "object", "string", "number", "boolean", "present", "absent");

  private final Object declared;

  private Match(Object declared) {
    this.declared = declared;
  }

  /**
   * Reads a condition.
   *
   * @throws IllegalArgumentException if it has none of the forms
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Match of(Object declared) {
    if (declared instanceof Map<?, ?> form) {
      if (form.size() != 1 || !FORMS.contains(String.valueOf(form.keySet().iterator().next()))) {
        throw new IllegalArgumentException("a condition has one of the forms " + FORMS);
      }
      if (form.containsKey("is") && !SORTS.contains(String.valueOf(form.get("is")))) {
        throw new IllegalArgumentException("a value is one of " + SORTS);
      }
      return new Match(Map.copyOf(form));
    }
    if (declared instanceof List) {
      throw new IllegalArgumentException("a list of values is spelled one_of");
    }
    return new Match(declared);
  }

  @JsonValue
  Object declared() {
    return declared;
  }

  /** Whether the condition holds where there is no value at all. */
  public boolean fitsAbsence() {
    return declared instanceof Map<?, ?> form && "absent".equals(form.get("is"));
  }

  /**
   * Whether a value fits.
   *
   * @param sort {@code array}, {@code object}, {@code string}, {@code number}, {@code boolean} or
   *     {@code null}
   * @param text the value as a text; empty for arrays and objects
   */
  public boolean fits(String sort, String text) {
    if (!(declared instanceof Map<?, ?> form)) {
      return same(declared, sort, text);
    }
    return switch (String.valueOf(form.keySet().iterator().next())) {
      case "one_of" -> list(form.get("one_of")).stream().anyMatch(one -> same(one, sort, text));
      case "contains" ->
          list(form.get("contains")).stream()
              .anyMatch(part -> lower(text).contains(lower(part.toString())));
      case "at_most" -> atMost(new BigDecimal(String.valueOf(form.get("at_most"))), text);
      default -> form.containsValue(sort) || form.containsValue("present") && !sort.equals("null");
    };
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of(String.valueOf(value));
  }

  /** Numbers that stand in texts count as numbers: providers write codes both ways. */
  private static boolean same(Object wanted, String sort, String text) {
    return switch (wanted) {
      case Boolean bool -> sort.equals("boolean") && bool.toString().equals(text);
      case Number number -> number.toString().equals(text);
      default -> !sort.equals("null") && wanted.toString().equals(text);
    };
  }

  private static boolean atMost(BigDecimal limit, String text) {
    try {
      return text.length() <= 40 && new BigDecimal(text).compareTo(limit) <= 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Match that && declared.equals(that.declared);
  }

  @Override
  public int hashCode() {
    return declared.hashCode();
  }

  @Override
  public String toString() {
    return declared.toString();
  }
}
