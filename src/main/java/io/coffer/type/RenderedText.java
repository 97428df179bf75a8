package io.coffer.type;

import io.coffer.secret.SecretValue;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which characters may stand where a value goes: one too many begins something else there. */
final class RenderedText {

  /** RFC 9110, section 5.6.2. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");

  private RenderedText() {}

  static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /**
   * Whether it is one line that shows all that it holds: a line break would end the header and
   * begin another one, and readers differ on what cannot be seen.
   */
  static boolean fitsHeader(SecretValue value) {
    byte[] bytes = value.revealBytes();
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      boolean fits = text.codePoints().allMatch(RenderedText::isVisible);
      Arrays.fill(text.array(), '\0');
      return fits;
    } catch (CharacterCodingException e) {
      return false;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /**
   * Demands names and values that an environment can hold: a NUL ends them, and an equals sign the
   * name.
   *
   * @throws TypeFailure.TemplateRefused naming the variable; its values are closed then
   */
  static void checkEnv(Map<String, Object> env) {
    for (Map.Entry<String, Object> variable : env.entrySet()) {
      String name = variable.getKey();
      boolean named = !name.isEmpty() && name.indexOf('=') < 0 && name.indexOf('\0') < 0;
      if (!named || (variable.getValue() instanceof SecretValue value && contains(value, 0))) {
        env.values().stream()
            .filter(SecretValue.class::isInstance)
            .forEach(value -> ((SecretValue) value).close());
        throw new TypeFailure.TemplateRefused(
            "env." + Texts.shownId(name), TemplateFault.CHARACTERS, List.of());
      }
    }
  }

  static boolean contains(SecretValue value, int wanted) {
    byte[] bytes = value.revealBytes();
    boolean found = false;
    for (byte b : bytes) {
      found |= b == wanted;
    }
    Arrays.fill(bytes, (byte) 0);
    return found;
  }
}
