package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Recorder;
import io.coffer.access.Right;
import io.coffer.credential.CredentialFailure.NameTaken;
import io.coffer.credential.CredentialRepository.Found;
import io.coffer.type.CredentialType;
import io.coffer.type.StoredFields;
import io.coffer.type.ValidatedFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies credentials with their value, which never passes through the client. */
@ApplicationScoped
class CredentialCopying {

  /**
   * How often copies that are made at the same time may take each other's counted name, each time
   * choosing among four times as many. After that a copy is called after its id.
   */
  private static final int RACES = 3;

  /** How often the database may give a lock to somebody else. */
  private static final int LOST_LOCKS = 5;

  private final CredentialReading reading;
  private final CredentialRepository repository;
  private final ContentSealing sealing;
  private final CredentialWriter writer;
  private final Recorder recorder;
  private final Clock clock;

  CredentialCopying(
      CredentialReading reading,
      CredentialRepository repository,
      ContentSealing sealing,
      CredentialWriter writer,
      Recorder recorder,
      Clock clock) {
    this.reading = reading;
    this.repository = repository;
    this.sealing = sealing;
    this.writer = writer;
    this.recorder = recorder;
    this.clock = clock;
  }

  /**
   * Copies the credential.
   *
   * @param target the same caller in the organization that the copy shall be in
   * @param wanted what the copy shall be
   */
  Uni<Typed> copy(Caller caller, Caller target, UUID id, CredentialBodies.Copy wanted) {
    return reading
        .live(caller, id, Right.ADMIN, Right.USE)
        .invoke(() -> AccessDecision.requireMayCreate(target, wanted.personal()))
        .flatMap(
            source -> {
              UUID copy = CredentialCreation.newId();
              return recorder
                  .record(event(caller, source.found().row(), copy))
                  .chain(() -> reseal(target, source, copy, wanted));
            });
  }

  private Uni<Typed> reseal(Caller caller, Typed source, UUID copy, CredentialBodies.Copy wanted) {
    CredentialEntity from = source.found().row();
    CredentialType type = source.type();
    CredentialEntity row = CredentialCreation.blank(copy, type, clock);
    row.organization = caller.organization();
    row.owner = wanted.personal() ? caller.principal() : null;
    row.createdBy = caller.principal();
    row.description = from.description;
    row.labels = from.labels;
    row.expiresAt = from.expiresAt;
    // The content is as valid as the source's, which keeps the definition that it was sealed with.
    row.typeVersion = from.typeVersion;
    Deed deed = madeFrom(caller, from);
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
                    value,
                    () ->
                        wanted.name().isPresent()
                            ? insert(row, wanted.name().get(), deed)
                            : insertUnderFreeName(row, from.name, deed)))
        .map(
            stored ->
                new Typed(
                    new Found(stored, AccessDecision.onNew(caller, stored.owner != null)), type));
  }

  private Uni<CredentialEntity> insert(CredentialEntity row, String name, Deed deed) {
    row.name = name;
    row.nameKey = NameKey.of(row.type, name);
    return writer.insert(row, deed);
  }

  private Uni<CredentialEntity> insertUnderFreeName(
      CredentialEntity row, String source, Deed deed) {
    List<String> names = CopyNames.of(source);
    List<String> keys = names.stream().map(name -> NameKey.of(row.type, name)).toList();
    UUID owner = row.owner == null ? CredentialRepository.NO_OWNER : row.owner;
    AtomicInteger among = new AtomicInteger(1);
    return Uni.createFrom()
        .deferred(() -> repository.takenNameKeys(row.organization, owner, keys))
        .map(
            taken ->
                CopyNames.free(
                    names, row.type, taken, among.getAndUpdate(n -> Math.min(4 * n, names.size()))))
        .chain(name -> insert(row, name.orElseGet(() -> CopyNames.of(source, row.id)), deed))
        .onFailure(CredentialCopying::isRace)
        .retry()
        .atMost(RACES)
        .onFailure(NameTaken.class)
        .recoverWithUni(() -> insert(row, CopyNames.of(source, row.id), deed))
        .onFailure(CredentialWriter.Outrun.class)
        .retry()
        .atMost(LOST_LOCKS);
  }

  private static boolean isRace(Throwable failure) {
    return failure instanceof NameTaken || failure instanceof CredentialWriter.Outrun;
  }

  private static Deed madeFrom(Caller caller, CredentialEntity source) {
    return new Deed(caller, "create", Map.of("copy_of", source.id.toString()));
  }

  /** The value leaves the source; what it went into is told. */
  private AccessEvent event(Caller caller, CredentialEntity row, UUID copy) {
    return AccessEvent.done(caller, "copy", clock.instant())
        .in(row.organization)
        .about(AccessEvent.Target.credential(row.id, row.version, row.revision))
        .with(Map.of("copy", copy.toString()));
  }
}
