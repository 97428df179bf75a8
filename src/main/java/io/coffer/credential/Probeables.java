package io.coffer.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Right;
import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import io.coffer.type.CredentialTypes;
import io.coffer.type.FieldDefinition;
import io.coffer.type.StoredFields;
import io.coffer.type.ValidatedFields;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Credentials for those who check them: what they read, and who may have them checked. */
@ApplicationScoped
public class Probeables {

  /** What a list understands besides filters. */
  private static final List<String> NOT_FILTERS =
      List.of("order_by", "page_size", "cursor", "total", "deleted");

  private final TypeFilters filterTypes;
  private final CredentialReading reading;
  private final CredentialHistory history;
  private final TypedContent contents;
  private final CredentialTypes types;
  private final ContentSealing sealing;
  private final Recorder recorder;
  private final Clock clock;

  Probeables(
      TypeFilters filterTypes,
      CredentialReading reading,
      CredentialHistory history,
      TypedContent contents,
      CredentialTypes types,
      ContentSealing sealing,
      Recorder recorder,
      Clock clock) {
    this.filterTypes = filterTypes;
    this.reading = reading;
    this.history = history;
    this.contents = contents;
    this.types = types;
    this.sealing = sealing;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * A live credential that the caller wants to have checked.
   *
   * @param action what the record calls a refusal
   * @throws Denied (in the Uni) if the caller may not see it, or lacks one of the rights
   */
  public Uni<Probeable> find(Caller caller, UUID id, String action, Right... rights) {
    return reading
        .live(caller, id, rights)
        .map(Probeable::of)
        .onFailure(Denied.class)
        .invoke(failure -> recorder.note(refusal(caller, id, action, (Denied) failure)));
  }

  /**
   * A credential out of a row with its columns {@code id}, {@code organization}, {@code type},
   * {@code version}, {@code revision}, {@code plain} and {@code sealed}.
   */
  public Uni<Probeable> read(Row row) {
    return types
        .byId(row.getUUID("type"))
        .map(
            type ->
                new Probeable(
                    row.getUUID("id"),
                    row.getUUID("organization"),
                    type,
                    row.getInteger("version"),
                    row.getLong("revision"),
                    JsonColumn.plain(row.getValue("plain")),
                    row.getBuffer("sealed").getBytes()));
  }

  /** The secret fields, which the subscriber closes; their opening is recorded by then. */
  public Uni<SecretFields> open(Probeable credential) {
    return sealing.open(
        credential.organization(),
        credential.id(),
        credential.version(),
        credential.type().id(),
        credential.plain(),
        credential.sealed());
  }

  /**
   * Passes if the caller may know of the credential, or of what became of it.
   *
   * @throws Denied (in the Uni) if not
   */
  public Uni<Void> requireVisible(Caller caller, UUID id) {
    return history.visible(caller, id).replaceWithVoid();
  }

  /**
   * Credentials by the filters of their list.
   *
   * @param query the filters
   * @param labels of which each has all
   */
  public record Selection(ListQuery query, List<String> labels) {}

  /**
   * Reads filters as they stand in the query string of the list of credentials.
   *
   * @return fails with {@link InvalidQuery} or {@link CredentialFailure.InvalidRequest}
   */
  public Uni<Selection> selection(Map<String, List<String>> filters) {
    Map<String, List<String>> left = new HashMap<>(filters);
    List<String> labels = left.remove("label");
    for (String name : NOT_FILTERS) {
      if (left.containsKey(name)) {
        throw new InvalidQuery(name, "It is no filter.");
      }
    }
    return filterTypes
        .bySlug(left)
        .map(CredentialFields.GRAMMAR::parse)
        .map(query -> new Selection(query, labels == null ? List.of() : labels));
  }

  /**
   * The text of a statement over the ids of all that the caller may use and the selection has.
   *
   * @param before writes what it begins with, up to {@code select …, }
   */
  public SqlText usable(Caller caller, Selection selection, Consumer<SqlText> before, int most) {
    return CredentialRepository.usable(caller, selection.query(), selection.labels(), before, most);
  }

  /** The type of that slug, alias or id. */
  public Uni<CredentialType> type(Caller caller, String name) {
    return contents.type(caller, name);
  }

  /**
   * Fields as somebody typed them, laid over those that are stored: a secret field that is left
   * out, null, blank or a mask means the stored one.
   *
   * @param fields by id; null if none were sent
   * @param value the one string; null if none was sent
   * @param stored whose fields they are laid over, with its opened secrets; null: nobody's
   * @return the caller closes it
   */
  public ValidatedFields draft(
      CredentialType type,
      @Nullable Map<String, JsonNode> fields,
      @Nullable String value,
      @Nullable Probeable stored,
      SecretFields secrets) {
    Map<String, JsonNode> meant = fields == null ? null : new HashMap<>(fields);
    if (meant != null && stored != null) {
      meant.entrySet().removeIf(field -> isBlankSecret(type, field.getKey(), field.getValue()));
    }
    StoredFields before =
        stored != null && stored.type().id().equals(type.id())
            ? new StoredFields(stored.plain(), secrets)
            : null;
    return contents.validate(type, new Content(meant, value), before);
  }

  private static boolean isBlankSecret(CredentialType type, String id, JsonNode value) {
    return type.definition().field(id).map(FieldDefinition::secret).orElse(false)
        && (value.isNull() || value.isTextual() && value.textValue().isBlank());
  }

  private AccessEvent refusal(Caller caller, UUID id, String action, Denied denied) {
    return AccessEvent.done(caller, action, clock.instant())
        .about(AccessEvent.Target.of("credential", id))
        .ended(AccessEvent.Outcome.REFUSED, denied.code());
  }
}
