package io.coffer.type;

import io.coffer.secret.SecretValue;
import java.util.List;
import java.util.Map;

/**
 * A value as it is handed out, in one form. It owns the secrets within; whoever got it closes it.
 *
 * <p>As JSON it is, by form:
 *
 * <ul>
 *   <li>{@code fields}: values by field id
 *   <li>{@code env}: texts by environment variable
 *   <li>{@code file}: {@code name} and {@code content}
 *   <li>{@code url}: {@code url}
 *   <li>{@code jdbc}: {@code url} without secrets, {@code user}, {@code password}
 *   <li>{@code header}: texts by header name
 *   <li>{@code inject}: {@code env}, {@code files} by path, {@code extra_vars}
 * </ul>
 */
public final class Rendered implements AutoCloseable {

  private final RenderForm form;
  private final Map<String, Object> content;
  private final List<String> leftOut;

  /** Takes ownership of every secret in the content. */
  Rendered(RenderForm form, Map<String, Object> content) {
    this(form, content, List.of());
  }

  Rendered(RenderForm form, Map<String, Object> content, List<String> leftOut) {
    this.form = form;
    this.content = Copies.map(content);
    this.leftOut = List.copyOf(leftOut);
  }

  public RenderForm form() {
    return form;
  }

  /** The ids of certificates and keys that are set and that the form has no place for. */
  public List<String> leftOut() {
    return leftOut;
  }

  /** The whole as one JSON object in UTF-8, which the caller closes. */
  public SecretValue json() {
    try (WipingBuffer out = new WipingBuffer()) {
      SecretJson.write(content, out);
      return out.value();
    }
  }

  @Override
  public void close() {
    close(content);
  }

  private static void close(Object node) {
    switch (node) {
      case SecretValue secret -> secret.close();
      case SecretJson.Raw raw -> raw.json().close();
      case Map<?, ?> map -> map.values().forEach(Rendered::close);
      case List<?> list -> list.forEach(Rendered::close);
      default -> {}
    }
  }

  @Override
  public String toString() {
    return "Rendered[" + form.code() + ", redacted]";
  }
}
