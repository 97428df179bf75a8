package io.coffer.type.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with fields in braces: {@code {field}} stands for the field's value, {@code
 * {field#/pointer}} for what stands there in a JSON document that the field holds, and {@code
 * {field|filter}} for the value changed by one of {@link #FILTERS}. Nothing is computed beyond
 * that.
 *
 * @param parts literal texts and references, in order
 */
public record FieldTemplate(List<Part> parts) {

  /** What may be done to a value. */
  public static final Set<String> FILTERS =
      Set.of("upper", "root", "snowflake_account", "snowflake_host");

  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\{([A-Za-z_][A-Za-z0-9_-]{0,62})(#(?:/[A-Za-z0-9_.*-]+)+)?(?:\\|([a-z0-9_]+))?}");

  public FieldTemplate {
    parts = List.copyOf(parts);
  }

  /** A piece of a template. */
  public sealed interface Part {}

  /** A text that stands for itself. */
  public record Literal(String text) implements Part {}

  /**
   * A value.
   *
   * @param name of the field, or of what an earlier answer gave
   * @param pointer into the JSON document that the value is; null for the value itself
   * @param filter what is done to it; null for nothing
   */
  public record Reference(String name, @Nullable String pointer, @Nullable String filter)
      implements Part {}

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if a brace belongs to no reference, or a filter is not known
   */
  public static FieldTemplate parse(String text) {
    List<Part> parts = new ArrayList<>();
    Matcher found = REFERENCE.matcher(text);
    int end = 0;
    while (found.find()) {
      literal(text.substring(end, found.start()), parts);
      String pointer = found.group(2) == null ? null : found.group(2).substring(1);
      if (found.group(3) != null && !FILTERS.contains(found.group(3))) {
        throw new IllegalArgumentException("no filter is called " + found.group(3));
      }
      parts.add(new Reference(found.group(1), pointer, found.group(3)));
      end = found.end();
    }
    literal(text.substring(end), parts);
    return new FieldTemplate(parts);
  }

  private static void literal(String text, List<Part> parts) {
    if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
      throw new IllegalArgumentException("a brace stands alone");
    }
    if (!text.isEmpty()) {
      parts.add(new Literal(text));
    }
  }

  /** The values that it needs. */
  public List<Reference> references() {
    return parts.stream().filter(Reference.class::isInstance).map(Reference.class::cast).toList();
  }
}
