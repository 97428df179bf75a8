package io.coffer.type;

import org.jspecify.annotations.Nullable;

/**
 * Looks at a template before the library does, whose parser takes any depth until it falls over.
 */
final class TemplateShape {

  static final int MAX_DEPTH = 50;
  private static final int MAX_LENGTH = 64 * 1024;
  private static final int MAX_TAGS = 500;

  /** The library's own name for itself, which is no name of ours and must not be one. */
  private static final String INTERPRETER = "int3rpr3t3r";

  private TemplateShape() {}

  /** What is wrong with the shape; null for nothing. */
  static @Nullable TemplateFault fault(String template) {
    if (template.length() > MAX_LENGTH) {
      return TemplateFault.TOO_MUCH_WORK;
    }
    if (template.contains(INTERPRETER)) {
      return TemplateFault.UNSAFE;
    }
    int brackets = 0;
    int deepest = 0;
    int tags = 0;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '{' && i + 1 < template.length() && template.charAt(i + 1) == '%') {
        tags++;
      }
      if (c == '(' || c == '[' || c == '{') {
        deepest = Math.max(deepest, ++brackets);
      } else if (c == ')' || c == ']' || c == '}') {
        brackets--;
      }
    }
    return deepest > MAX_DEPTH || tags > MAX_TAGS ? TemplateFault.TOO_DEEP : null;
  }
}
