package io.coffer.credential;

import io.coffer.type.CredentialType;
import io.coffer.type.CredentialTypes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Lets the filters of a list name a type as a create does: by slug, alias or id. */
@ApplicationScoped
class TypeFilters {

  private static final Pattern WHOLE_NAMES =
      Pattern.compile("(?:or__)?(?:not__)?type(?:__exact|(__in))?");

  private final CredentialTypes types;

  TypeFilters(CredentialTypes types) {
    this.types = types;
  }

  /**
   * The parameters with the slug in place of every other name of a type.
   *
   * @return fails with {@link CredentialFailure.InvalidRequest} naming the parameter if there is no
   *     such type: an empty list would look like an answer
   */
  Uni<Map<String, List<String>>> bySlug(Map<String, List<String>> parameters) {
    return Multi.createFrom()
        .iterable(parameters.entrySet())
        .onItem()
        .transformToUniAndConcatenate(
            parameter ->
                values(parameter.getKey(), parameter.getValue())
                    .map(values -> Map.entry(parameter.getKey(), values)))
        .collect()
        .in(LinkedHashMap::new, (all, entry) -> all.put(entry.getKey(), entry.getValue()));
  }

  private Uni<List<String>> values(String parameter, List<String> values) {
    var name = WHOLE_NAMES.matcher(parameter);
    if (!name.matches()) {
      return Uni.createFrom().item(values);
    }
    boolean several = name.group(1) != null;
    return each(values, value -> several ? slugs(parameter, value) : slug(parameter, value));
  }

  private Uni<String> slugs(String parameter, String value) {
    return each(Arrays.asList(value.split(",", -1)), one -> slug(parameter, one))
        .map(slugs -> String.join(",", slugs));
  }

  private Uni<String> slug(String parameter, String named) {
    return types.find(named).map(found -> slug(parameter, found));
  }

  private static String slug(String parameter, Optional<CredentialType> found) {
    return found
        .orElseThrow(
            () ->
                new CredentialFailure.InvalidRequest(
                    parameter, "known", CredentialFailure.UNKNOWN_TYPE))
        .slug();
  }

  private static Uni<List<String>> each(List<String> values, Function<String, Uni<String>> change) {
    return Multi.createFrom()
        .iterable(values)
        .onItem()
        .transformToUniAndConcatenate(change::apply)
        .collect()
        .asList();
  }
}
