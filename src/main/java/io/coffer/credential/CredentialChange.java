package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Right;
import io.coffer.credential.ContentSealing.SealedContent;
import io.coffer.credential.CredentialFailure.InvalidRequest;
import io.coffer.credential.CredentialRepository.Found;
import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import io.coffer.type.StoredFields;
import io.coffer.type.ValidatedFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes credentials by merge patch. */
@ApplicationScoped
class CredentialChange {

  /** How often a change is done again when others change the same credential. */
  private static final int ATTEMPTS = 5;

  private final CredentialReading reading;
  private final TypedContent contents;
  private final ContentSealing sealing;
  private final CredentialWriter writer;
  private final ValueTrials trials;

  CredentialChange(
      CredentialReading reading,
      TypedContent contents,
      ContentSealing sealing,
      CredentialWriter writer,
      ValueTrials trials) {
    this.trials = trials;
    this.reading = reading;
    this.contents = contents;
    this.sealing = sealing;
    this.writer = writer;
  }

  /**
   * Changes the credential.
   *
   * @param expected the revision that the caller knows; empty if it does not care
   */
  Uni<Typed> change(Caller caller, UUID id, CredentialPatch patch, OptionalLong expected) {
    return Uni.createFrom()
        .deferred(() -> attempt(caller, id, patch, expected))
        .onFailure(CredentialWriter.Outrun.class)
        .retry()
        .atMost(ATTEMPTS);
  }

  private Uni<Typed> attempt(Caller caller, UUID id, CredentialPatch patch, OptionalLong expected) {
    return reading
        .live(caller, id, Right.ADMIN)
        .flatMap(
            current -> {
              requireRevision(current.found().row(), expected);
              return newType(caller, current, patch)
                  .flatMap(type -> content(caller, current, type, patch))
                  .flatMap(content -> write(caller, current, patch, content));
            });
  }

  static void requireRevision(CredentialEntity row, OptionalLong expected) {
    if (expected.isPresent() && expected.getAsLong() != row.revision) {
      throw new CredentialFailure.RevisionMismatch(row.revision);
    }
  }

  /**
   * What of the content changes.
   *
   * @param type the type afterwards
   * @param tried null if the content stays
   * @param changed the ids of the fields that are not as before
   */
  private record NewContent(
      CredentialType type, ValueTrials.@Nullable Tried tried, Set<String> changed) {

    static NewContent same(CredentialType type) {
      return new NewContent(type, null, Set.of());
    }

    @Nullable SealedContent sealed() {
      return tried == null ? null : tried.sealed();
    }
  }

  private Uni<CredentialType> newType(Caller caller, Typed current, CredentialPatch patch) {
    if (patch.type() == null) {
      return Uni.createFrom().item(current.type());
    }
    return contents
        .type(caller, patch.type())
        .invoke(
            type -> {
              if (!type.id().equals(current.type().id()) && patch.content().isEmpty()) {
                throw new InvalidRequest(
                    "fields", "required", "Another type needs its fields, or the whole as value.");
              }
            });
  }

  private Uni<NewContent> content(
      Caller caller, Typed current, CredentialType type, CredentialPatch patch) {
    CredentialEntity row = current.found().row();
    boolean sameType = type.id().equals(current.type().id());
    if (patch.content().isEmpty()) {
      return Uni.createFrom().item(NewContent.same(type));
    }
    return sealing
        .open(row)
        .flatMap(
            secrets -> {
              try (secrets) {
                boolean concealed = !current.found().rights().has(Right.USE);
                StoredFields stored = new StoredFields(row.plain, secrets, concealed);
                ValidatedFields content =
                    contents.validate(type, patch.content(), sameType ? stored : null);
                if (sameType && content.changed().isEmpty()) {
                  content.close();
                  return Uni.createFrom().item(NewContent.same(type));
                }
                return sealed(caller, current, type, secrets, patch, content);
              }
            });
  }

  private Uni<NewContent> sealed(
      Caller caller,
      Typed current,
      CredentialType type,
      SecretFields stored,
      CredentialPatch patch,
      ValidatedFields content) {
    CredentialEntity row = current.found().row();
    try {
      requireUseToKeepSecrets(current.found(), stored.ids(), content);
      contents.requireComplete(type, patch.content(), content);
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
    Set<String> changed = content.changed();
    return trials
        .sealedAfterTrial(
            caller, patch.validate(), type, patch.content(), row, row.version + 1, content)
        .map(tried -> new NewContent(type, tried, changed));
  }

  /**
   * Who may not use a value may not point it elsewhere either: whoever changes fields around a
   * secret that stays needs the right to use it.
   */
  private static void requireUseToKeepSecrets(
      Found found, Set<String> storedIds, ValidatedFields content) {
    if (found.rights().has(Right.USE)) {
      return;
    }
    Set<String> kept = new HashSet<>(storedIds);
    kept.retainAll(content.secret().ids());
    kept.removeAll(content.changed());
    if (!kept.isEmpty()) {
      throw new Denied.MissingRole(Set.of(Right.USE.wireName()));
    }
  }

  private Uni<Typed> write(
      Caller caller, Typed current, CredentialPatch patch, NewContent content) {
    CredentialEntity read = current.found().row();
    if (changedMembers(read, patch, content).isEmpty()) {
      return Uni.createFrom().item(current);
    }
    byte[] replaced = content.sealed() == null ? null : read.sealed;
    SealedContent made = content.sealed();
    Deed deed = Deed.change(caller, changedMembers(read, patch, content));
    Uni<CredentialEntity> written = writer.change(read, deed, row -> apply(row, patch, content));
    Uni<Typed> changed =
        (made == null ? written : sealing.stored(made, () -> written))
            .call(
                _ ->
                    replaced == null ? Uni.createFrom().voidItem() : sealing.destroyKeyOf(replaced))
            .map(row -> new Typed(new Found(row, current.found().rights()), content.type()));
    return content.tried() == null
        ? changed
        : trials.kept(content.tried(), changed, () -> reading.any(caller, read.id));
  }

  /** The members that will not be as before; a content that is sealed anew has one at least. */
  private static SortedSet<String> changedMembers(
      CredentialEntity row, CredentialPatch patch, NewContent content) {
    SortedSet<String> names = new TreeSet<>();
    if (patch.name() != null && !patch.name().equals(row.name)) {
      names.add("name");
    }
    if (patch.description() != null && !patch.description().equals(row.description)) {
      names.add("description");
    }
    if (patch.expiresAt() != null
        && !patch.expiresAt().equals(Optional.ofNullable(row.expiresAt))) {
      names.add("expires_at");
    }
    if (!merged(row.labels, patch.labels()).equals(row.labels)) {
      names.add("labels");
    }
    if (!content.type().id().equals(row.type)) {
      names.add("type");
    }
    if (content.sealed() != null) {
      names.add("fields");
      content.changed().forEach(id -> names.add("fields." + id));
    }
    return names;
  }

  private static void apply(CredentialEntity row, CredentialPatch patch, NewContent content) {
    if (patch.name() != null) {
      row.name = patch.name();
    }
    if (patch.description() != null) {
      row.description = patch.description();
    }
    if (patch.expiresAt() != null) {
      row.expiresAt = patch.expiresAt().orElse(null);
    }
    row.labels = merged(row.labels, patch.labels());
    if (!content.type().id().equals(row.type)) {
      row.type = content.type().id();
      row.category = content.type().definition().category().code();
      // A default is one of its type.
      row.isDefault = false;
    }
    if (content.sealed() != null) {
      row.typeVersion = content.type().definitionVersion();
      row.version++;
      content.sealed().writeTo(row);
    }
    if (row.nameKey != null && NameKey.isNative(row.nameKey)) {
      row.nameKey = NameKey.of(row.type, row.name);
    }
  }

  private static Map<String, String> merged(
      Map<String, String> labels, Map<String, Optional<String>> patch) {
    Map<String, String> merged = new HashMap<>(labels);
    patch.forEach(
        (key, value) ->
            value.ifPresentOrElse(text -> merged.put(key, text), () -> merged.remove(key)));
    if (merged.size() > CredentialBodies.MAX_LABELS) {
      throw new InvalidRequest(
          "labels",
          "max_items",
          "There must not be more than " + CredentialBodies.MAX_LABELS + " labels.");
    }
    return merged;
  }
}
