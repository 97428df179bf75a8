package io.coffer.type;

import java.util.Map;

/** Rendered values for tests of those who hand them on. */
public final class RenderedValues {

  private RenderedValues() {}

  /** As fields; takes ownership of every secret in the content. */
  public static Rendered of(Map<String, Object> content) {
    return new Rendered(RenderForm.FIELDS, content);
  }
}
