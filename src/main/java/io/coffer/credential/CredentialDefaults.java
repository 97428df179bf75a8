package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Right;
import io.coffer.access.Role;
import io.coffer.credential.CredentialRepository.Found;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** One default per organization and type: what is used when a caller names no credential. */
@ApplicationScoped
class CredentialDefaults {

  private static final int ATTEMPTS = 5;

  private final CredentialReading reading;
  private final CredentialRepository repository;
  private final CredentialWriter writer;
  private final CredentialEvents events;

  CredentialDefaults(
      CredentialReading reading,
      CredentialRepository repository,
      CredentialWriter writer,
      CredentialEvents events) {
    this.reading = reading;
    this.repository = repository;
    this.writer = writer;
    this.events = events;
  }

  /** Makes the credential its type's default in place of the one before. */
  Uni<Typed> set(Caller caller, UUID id) {
    return again(
        reading
            .live(caller, id, Right.ADMIN)
            .flatMap(
                current -> {
                  CredentialEntity row = current.found().row();
                  if (row.owner != null) {
                    throw new CredentialFailure.Refused(
                        "A personal credential cannot be the organization's default.");
                  }
                  return row.isDefault
                      ? Uni.createFrom().item(current)
                      : requireMayReplace(caller, row).chain(() -> replace(caller, current));
                }));
  }

  /**
   * Leaves the type without a default, if this credential was it; if it was not, nothing changes
   * and the answer is the same, so that the request can be repeated.
   */
  Uni<Typed> clear(Caller caller, UUID id) {
    return again(
        reading
            .live(caller, id, Right.ADMIN)
            .flatMap(
                current -> {
                  if (!current.found().row().isDefault) {
                    return Uni.createFrom().item(current);
                  }
                  requireMayFill(caller, current.found().row());
                  return writer
                      .change(
                          current.found().row(),
                          Deed.of(caller, "default_cleared"),
                          row -> row.isDefault = false)
                      .map(row -> with(current, row));
                }));
  }

  /** Whoever is no admin of the organization may only fill an empty place. */
  private Uni<Void> requireMayReplace(Caller caller, CredentialEntity row) {
    if (AccessDecision.administers(caller)) {
      return Uni.createFrom().voidItem();
    }
    requireMayFill(caller, row);
    return repository
        .findDefault(row.organization, row.type)
        .invoke(
            existing -> {
              if (existing.isPresent()) {
                throw new Denied.MissingRole(Set.of(Role.ADMIN.wireName()));
              }
            })
        .replaceWithVoid();
  }

  /** Whom one credential was shared with does not decide what the whole organization uses. */
  private static void requireMayFill(Caller caller, CredentialEntity row) {
    boolean made = caller.has(Role.CREATOR) && row.createdBy.equals(caller.principal());
    if (!made && !AccessDecision.administers(caller)) {
      throw new Denied.MissingRole(Set.of(Role.ADMIN.wireName()));
    }
  }

  private Uni<Typed> replace(Caller caller, Typed current) {
    CredentialEntity row = current.found().row();
    return writer
        .change(
            row,
            Deed.of(caller, "default_set"),
            session -> withdraw(session, caller, row),
            changed -> changed.isDefault = true)
        .map(changed -> with(current, changed));
  }

  /** The one that was the default is changed as well, and so it is recorded of it. */
  private Uni<Void> withdraw(Mutiny.Session session, Caller caller, CredentialEntity row) {
    return repository
        .find("organization = ?1 and type = ?2 and isDefault", row.organization, row.type)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResult()
        .onItem()
        .ifNotNull()
        .transformToUni(
            before -> {
              before.isDefault = false;
              before.revision++;
              return session
                  .flush()
                  .chain(() -> events.enlist(session, Deed.of(caller, "default_cleared"), before));
            })
        .replaceWithVoid();
  }

  private static Typed with(Typed before, CredentialEntity row) {
    return new Typed(new Found(row, before.found().rights()), before.type());
  }

  private static <T> Uni<T> again(Uni<T> attempt) {
    return attempt
        .onFailure(CredentialDefaults::outrun)
        .retry()
        .atMost(ATTEMPTS)
        .onFailure(CredentialDefaults::outrun)
        .transform(_ -> new CredentialWriter.Outrun());
  }

  /** Two defaults at once: the index lets one of them through, the other looks again. */
  private static boolean outrun(Throwable failure) {
    return failure instanceof CredentialWriter.Outrun
        || CredentialWriter.violates(failure, "credential_default");
  }
}
