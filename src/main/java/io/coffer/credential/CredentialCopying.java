package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Recorder;
import io.coffer.access.Right;
import io.coffer.access.Rights;
import io.coffer.credential.CredentialRepository.Found;
import io.coffer.type.CredentialType;
import io.coffer.type.StoredFields;
import io.coffer.type.ValidatedFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;

/** Copies credentials with their value, which never passes through the client. */
@ApplicationScoped
class CredentialCopying {

  private final CredentialReading reading;
  private final ContentSealing sealing;
  private final CredentialWriter writer;
  private final Recorder recorder;
  private final Clock clock;

  CredentialCopying(
      CredentialReading reading,
      ContentSealing sealing,
      CredentialWriter writer,
      Recorder recorder,
      Clock clock) {
    this.reading = reading;
    this.sealing = sealing;
    this.writer = writer;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Copies the credential.
   *
   * @param wanted what the copy shall be
   */
  Uni<Typed> copy(Caller caller, UUID id, CredentialBodies.Copy wanted) {
    CredentialCreation.requireSelected(caller, wanted.organization());
    return reading
        .live(caller, id, Right.ADMIN, Right.USE)
        .invoke(() -> AccessDecision.requireMayCreate(caller, wanted.personal()))
        .call(source -> recorder.record(event(caller, source.found().row())))
        .flatMap(source -> reseal(caller, source, wanted));
  }

  private Uni<Typed> reseal(Caller caller, Typed source, CredentialBodies.Copy wanted) {
    CredentialEntity from = source.found().row();
    CredentialType type = source.type();
    CredentialEntity row = CredentialCreation.blank(CredentialCreation.newId(), type, clock);
    row.organization = caller.organization();
    row.owner = wanted.personal() ? caller.principal() : null;
    row.createdBy = caller.principal();
    row.name = wanted.name().orElseGet(() -> copyName(from.name));
    row.nameKey = NameKey.of(type.id(), row.name);
    row.description = from.description;
    row.labels = from.labels;
    row.expiresAt = from.expiresAt;
    // The content is as valid as the source's, which keeps the definition that it was sealed with.
    row.typeVersion = from.typeVersion;
    return sealing
        .open(from)
        .flatMap(
            secrets -> {
              StoredFields stored = new StoredFields(from.plain, secrets);
              ValidatedFields content =
                  new ValidatedFields(stored.plain(), stored.secret(), Set.of());
              return sealing.seal(type, row.organization, row.id, row.version, content);
            })
        .invoke(value -> value.writeTo(row))
        .chain(
            value ->
                sealing.stored(
                    value, () -> writer.insert(row, session -> Uni.createFrom().voidItem())))
        .map(stored -> new Typed(new Found(stored, Rights.ALL), type));
  }

  private AccessEvent event(Caller caller, CredentialEntity row) {
    return AccessEvent.done(caller, "copy", clock.instant())
        .about(AccessEvent.Target.credential(row.id, row.version, row.revision));
  }

  private static String copyName(String name) {
    String suffix = " (copy)";
    int room = CredentialBodies.MAX_NAME - suffix.length();
    int length = name.codePointCount(0, name.length());
    return (length <= room ? name : name.substring(0, name.offsetByCodePoints(0, room))) + suffix;
  }
}
