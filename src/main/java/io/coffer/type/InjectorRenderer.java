package io.coffer.type;

import io.coffer.secret.SecretValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an automation run is given: variables, files and where they will be. */
final class InjectorRenderer {

  private static final String SINGLE = "template";
  private static final String SINGLE_NAME = "credential";

  private final Injectors injectors;
  private final String directory;
  private final Map<String, @Nullable Object> bindings;

  /**
   * Prepares one rendering.
   *
   * @param directory where the receiver puts the files, without a slash at its end
   */
  InjectorRenderer(Injectors injectors, Map<String, @Nullable Object> fields, String directory) {
    this.injectors = injectors;
    this.directory = directory;
    this.bindings = fields;
    bindings.put("tower", tower());
  }

  /** The names that templates know for files: {@code tower.filename}, or one per named template. */
  private Map<String, Object> tower() {
    if (injectors.file().containsKey(SINGLE)) {
      return Map.of("filename", path(SINGLE));
    }
    Map<String, String> names = new LinkedHashMap<>();
    injectors.file().keySet().forEach(key -> names.put(name(key), path(key)));
    return names.isEmpty() ? Map.of() : Map.of("filename", names);
  }

  private String path(String key) {
    return directory + '/' + name(key);
  }

  private static String name(String key) {
    return key.equals(SINGLE) ? SINGLE_NAME : key.substring(SINGLE.length() + 1);
  }

  Map<String, Object> render() {
    Map<String, Object> env = new LinkedHashMap<>();
    injectors.env().forEach((name, template) -> put(env, name, "env." + name, template));
    RenderedText.checkEnv(env);
    Map<String, Object> files = new LinkedHashMap<>();
    injectors.file().forEach((key, template) -> put(files, path(key), "file." + key, template));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("env", env);
    content.put("files", files);
    content.put("extra_vars", variable("extra_vars", injectors.extraVars()));
    return content;
  }

  /** What renders to nothing is left out: tools refuse an empty variable that they do not need. */
  private void put(Map<String, Object> into, String name, String place, String template) {
    String text = Templates.render(place, template, bindings);
    if (!text.isEmpty()) {
      into.put(name, SecretValue.ofText(text));
    }
  }

  private Object variable(String place, Object template) {
    return switch (template) {
      case Map<?, ?> map -> {
        Map<String, Object> rendered = new LinkedHashMap<>();
        map.forEach(
            (key, value) -> {
              String name = Templates.render(place + " key", key.toString(), bindings);
              rendered.put(name, variable(place + '.' + key, value));
            });
        yield rendered;
      }
      case List<?> list -> list.stream().map(item -> variable(place + "[]", item)).toList();
      default -> secret(place, template.toString());
    };
  }

  private SecretValue secret(String place, String template) {
    return SecretValue.ofText(Templates.render(place, template, bindings));
  }
}
