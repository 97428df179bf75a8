package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * How an automation run is given the credential: templates in AWX's subset of Jinja.
 *
 * @param env a template by environment variable
 * @param file a template by {@code template} or {@code template.<name>}
 * @param extraVars templates by variable; values are texts, lists of texts, or maps of the same
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Injectors(
    Map<String, String> env, Map<String, String> file, Map<String, Object> extraVars) {

  public Injectors {
    env = Copies.map(env);
    file = Copies.map(file);
    extraVars = Copies.map(extraVars);
  }
}
