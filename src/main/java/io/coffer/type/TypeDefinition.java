package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential type as its pack or its author wrote it.
 *
 * @param slug its name in the API
 * @param name its label
 * @param category what it is for
 * @param description one sentence
 * @param link where a user finds or makes such a credential; null for nowhere in particular
 * @param main the fields that the mask may show, in order: the first that is set is masked
 * @param value how the one-string form is read, tried in order; empty if there is none
 * @param dialect the databases whose connection strings it takes
 * @param dialectField the field that keeps which of them a string was of; null for none
 * @param awx the managed AWX type that it stands for; null for none
 * @param aliases its names in other APIs, by the name of the API
 * @param fields what a credential of the type holds
 * @param metadata what a lookup through the credential asks for besides
 * @param rules the rules that span fields
 * @param env a field id, or a template, by environment variable
 * @param header how it becomes HTTP headers, tried in order: the first whose fields are set holds
 * @param file how it becomes a file; null if it does not
 * @param injectors how an automation run is given it; null if by no template
 * @param probe how its credentials are proved to work; null if they are not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TypeDefinition(
    String slug,
    String name,
    Category category,
    String description,
    @Nullable String link,
    List<String> main,
    List<ValueForm> value,
    List<String> dialect,
    @Nullable String dialectField,
    @Nullable AwxType awx,
    Map<String, List<String>> aliases,
    List<FieldDefinition> fields,
    List<FieldDefinition> metadata,
    Rules rules,
    Map<String, String> env,
    List<HeaderRule> header,
    @Nullable FileRule file,
    @Nullable Injectors injectors,
    @Nullable ProbeDefinition probe) {

  public TypeDefinition {
    main = Copies.list(main);
    value = Copies.list(value);
    dialect = Copies.list(dialect);
    aliases = Copies.map(aliases);
    fields = Copies.list(fields);
    metadata = Copies.list(metadata);
    rules = rules == null ? Rules.NONE : rules;
    env = Copies.map(env);
    header = Copies.list(header);
  }

  /** The field of that id. */
  public Optional<FieldDefinition> field(String id) {
    return fields.stream().filter(field -> field.id().equals(id)).findFirst();
  }

  /** The field that the API of that name knows by that id. */
  public Optional<FieldDefinition> fieldIn(String api, String id) {
    return fields.stream().filter(field -> field.namesIn(api).contains(id)).findFirst();
  }

  /** The names of this type in the API of that name; its slug if that API has no other. */
  public List<String> namesIn(String api) {
    return aliases.getOrDefault(api, List.of(slug));
  }
}
