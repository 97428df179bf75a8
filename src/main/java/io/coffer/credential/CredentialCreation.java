package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.credential.CredentialRepository.Found;
import io.coffer.type.CredentialType;
import io.coffer.type.ValidatedFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;
import org.jspecify.annotations.Nullable;

/** Makes credentials. */
@ApplicationScoped
class CredentialCreation {

  private final TypedContent contents;
  private final ContentSealing sealing;
  private final CredentialWriter writer;
  private final Idempotency idempotency;
  private final CredentialReading reading;
  private final ValueTrials trials;
  private final Clock clock;

  CredentialCreation(
      TypedContent contents,
      ContentSealing sealing,
      CredentialWriter writer,
      Idempotency idempotency,
      CredentialReading reading,
      ValueTrials trials,
      Clock clock) {
    this.contents = contents;
    this.sealing = sealing;
    this.writer = writer;
    this.idempotency = idempotency;
    this.reading = reading;
    this.trials = trials;
    this.clock = clock;
  }

  /**
   * Makes the credential, or finds the one that the same request with the same key made.
   *
   * @param key the caller's idempotency key and body, if it sent a key
   */
  Uni<Typed> create(Caller caller, NewCredential request, Optional<Idempotency.Key> key) {
    AccessDecision.requireMayCreate(caller, request.personal());
    requireSelected(caller, request.organization());
    Uni<Typed> make =
        contents.type(caller, request.type()).flatMap(type -> make(caller, request, type, key));
    return key.isEmpty() ? make : once(caller, key.get(), make);
  }

  /** Answers with what the key made before; two requests at once may find out only at the end. */
  private Uni<Typed> once(Caller caller, Idempotency.Key key, Uni<Typed> make) {
    return idempotency
        .earlier(caller, key)
        .flatMap(
            earlier ->
                earlier.isPresent()
                    ? reading.any(caller, earlier.get())
                    : make.onFailure(CredentialCreation::mayBeSecond)
                        .recoverWithUni(
                            failure ->
                                idempotency
                                    .earlier(caller, key)
                                    .flatMap(
                                        made ->
                                            made.isPresent()
                                                ? reading.any(caller, made.get())
                                                : Uni.createFrom().failure(failure))));
  }

  private static boolean mayBeSecond(Throwable failure) {
    return failure instanceof CredentialFailure.NameTaken
        || CredentialWriter.violates(failure, "idempotency_key_pkey");
  }

  static void requireSelected(Caller caller, @Nullable String named) {
    if (named != null
        && !named.equals(caller.organization().toString())
        && !named.equals(caller.organizationSlug())) {
      throw new CredentialFailure.InvalidRequest(
          "organization",
          "selected",
          "It must be the selected organization; select another by X-Coffer-Organization.");
    }
  }

  private Uni<Typed> make(
      Caller caller, NewCredential request, CredentialType type, Optional<Idempotency.Key> key) {
    requireCategory(type, request.category());
    ValidatedFields content = contents.validate(type, request.content(), null);
    try {
      contents.requireComplete(type, request.content(), content);
    } catch (RuntimeException e) {
      content.close();
      throw e;
    }
    CredentialEntity row = row(caller, request, type);
    return trials
        .sealedAfterTrial(
            caller, request.validate(), type, request.content(), row, row.version, content)
        .flatMap(
            tried -> {
              tried.sealed().writeTo(row);
              Uni<Typed> made =
                  sealing
                      .stored(tried.sealed(), () -> insert(caller, row, key))
                      .map(
                          stored ->
                              new Typed(
                                  new Found(
                                      stored, AccessDecision.onNew(caller, stored.owner != null)),
                                  type));
              return trials.kept(tried, made, () -> reading.any(caller, row.id));
            });
  }

  private Uni<CredentialEntity> insert(
      Caller caller, CredentialEntity row, Optional<Idempotency.Key> key) {
    Deed deed = Deed.of(caller, "create");
    if (key.isEmpty()) {
      return writer.insert(row, deed);
    }
    return idempotency
        .tag(key.get())
        .flatMap(
            tag ->
                writer.insert(
                    row,
                    deed,
                    session -> idempotency.remember(session, caller, key.get(), tag, row)));
  }

  private CredentialEntity row(Caller caller, NewCredential request, CredentialType type) {
    CredentialEntity row = blank(newId(), type, clock);
    row.organization = caller.organization();
    row.owner = request.personal() ? caller.principal() : null;
    row.createdBy = caller.principal();
    row.name = request.name();
    row.nameKey = NameKey.of(type.id(), request.name());
    row.description = request.description();
    row.labels = request.labels();
    row.expiresAt = request.expiresAt();
    return row;
  }

  /** A row of the type that nobody has used, changed or probed yet. */
  static CredentialEntity blank(UUID id, CredentialType type, Clock clock) {
    CredentialEntity row = new CredentialEntity();
    row.id = id;
    row.type = type.id();
    row.typeVersion = type.definitionVersion();
    row.category = type.definition().category().code();
    row.version = 1;
    row.revision = 1;
    // PostgreSQL keeps microseconds; what the client is told now it must read again later.
    row.createdAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
    row.updatedAt = row.createdAt;
    return row;
  }

  /** A UUID of version 7 (RFC 9562), so that new rows stand together in the index. */
  static UUID newId() {
    return UuidVersion7Strategy.INSTANCE.generateUuid(null);
  }

  private static void requireCategory(CredentialType type, @Nullable String category) {
    if (category != null && !category.equals(type.definition().category().code())) {
      throw new CredentialFailure.InvalidRequest(
          "category",
          "matches_type",
          "It must be the type's category, " + type.definition().category().code() + ".");
    }
  }
}
