package io.coffer.credential;

import io.coffer.access.Denied;
import io.coffer.credential.CredentialFailure.NameTaken;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PessimisticLockException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.LockAcquisitionException;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Writes credentials, each change in one transaction. What must be computed with the help of the
 * key management service is computed before: no transaction waits for anything but the database.
 */
@ApplicationScoped
class CredentialWriter {

  private final CredentialRepository repository;
  private final CredentialEvents events;
  private final Clock clock;

  CredentialWriter(CredentialRepository repository, CredentialEvents events, Clock clock) {
    this.repository = repository;
    this.events = events;
    this.clock = clock;
  }

  /**
   * The row was changed by somebody else after it was read: the whole change is to be done again.
   */
  static final class Outrun extends RuntimeException {
    private static final long serialVersionUID = 1;

    Outrun() {
      super("the row was changed meanwhile", null, false, false);
    }
  }

  /** Inserts the row, with the record of it in the same transaction. */
  Uni<CredentialEntity> insert(CredentialEntity row, Deed deed) {
    return insert(row, deed, session -> Uni.createFrom().voidItem());
  }

  /**
   * As {@link #insert(CredentialEntity, Deed)}, with something else.
   *
   * @param alongside what belongs into the same transaction
   */
  Uni<CredentialEntity> insert(
      CredentialEntity row, Deed deed, Function<Mutiny.Session, Uni<Void>> alongside) {
    return namesTold(
        Panache.withTransaction(
            () ->
                Panache.getSession()
                    .chain(
                        session ->
                            session
                                .persist(row)
                                .chain(session::flush)
                                .chain(() -> events.enlist(session, deed, row))
                                .chain(() -> alongside.apply(session)))
                    .replaceWith(row)),
        row);
  }

  /**
   * Changes the row and counts the revision, if the row is still as it was read; the record of it
   * is in the same transaction.
   *
   * @param read the row as it was read
   * @param deed what is recorded of it
   * @param change changes the fields; runs within the transaction
   * @throws Outrun (in the Uni) if it is not
   */
  Uni<CredentialEntity> change(
      CredentialEntity read, Deed deed, Consumer<CredentialEntity> change) {
    return change(read, deed, session -> Uni.createFrom().voidItem(), change);
  }

  /**
   * As {@link #change(CredentialEntity, Deed, Consumer)}, with something done before in the
   * transaction, once the row is locked: whoever locks other rows first may wait for somebody who
   * waits for it.
   */
  Uni<CredentialEntity> change(
      CredentialEntity read,
      Deed deed,
      Function<Mutiny.Session, Uni<Void>> before,
      Consumer<CredentialEntity> change) {
    CredentialEntity[] attempted = new CredentialEntity[1];
    Uni<CredentialEntity> written =
        Panache.withTransaction(
            () ->
                Panache.getSession()
                    .chain(
                        session ->
                            repository
                                .findById(read.id, LockModeType.PESSIMISTIC_WRITE)
                                .invoke(row -> requireUnchanged(read, row))
                                .call(() -> before.apply(session))
                                .invoke(
                                    row -> {
                                      change.accept(row);
                                      row.revision++;
                                      row.updatedAt =
                                          clock.instant().truncatedTo(ChronoUnit.MICROS);
                                      attempted[0] = row;
                                    })
                                .call(session::flush)
                                .call(row -> events.enlist(session, deed, row))));
    return namesTold(written, () -> Optional.ofNullable(attempted[0]).orElse(read));
  }

  private static void requireUnchanged(CredentialEntity read, CredentialEntity now) {
    if (now == null || now.revision != read.revision) {
      throw new Outrun();
    }
  }

  private Uni<CredentialEntity> namesTold(Uni<CredentialEntity> write, CredentialEntity row) {
    return namesTold(write, () -> row);
  }

  /**
   * Turns a clash of names into a failure that tells which credential has the name, and an
   * organization that was deleted meanwhile into one that is not there.
   */
  private Uni<CredentialEntity> namesTold(
      Uni<CredentialEntity> write, Supplier<CredentialEntity> attempted) {
    return write
        .onFailure(CredentialWriter::isLockLost)
        .transform(_ -> new Outrun())
        .onFailure(failure -> violates(failure, "credential_organization_fkey"))
        .transform(_ -> new Denied.NotVisible())
        .onFailure(failure -> violates(failure, "credential_name_key"))
        .recoverWithUni(
            failure -> {
              CredentialEntity row = attempted.get();
              UUID owner = row.owner == null ? CredentialRepository.NO_OWNER : row.owner;
              String nameKey = String.valueOf(row.nameKey);
              return repository
                  .idOfNameKey(row.organization, owner, nameKey)
                  .map(
                      other -> {
                        // The other one may be gone again by now.
                        if (other == null) {
                          throw new Outrun();
                        }
                        throw new NameTaken(other);
                      });
            });
  }

  /** Whether a write was refused as a whole, so that certainly nothing of it is stored. */
  static boolean hasRefused(Throwable failure) {
    return failure instanceof NameTaken
        || failure instanceof Denied.NotVisible
        || failure instanceof Outrun
        || failure instanceof ConstraintViolationException;
  }

  /** Whether the database ended the transaction because others waited for it in a circle. */
  private static boolean isLockLost(Throwable failure) {
    return failure instanceof LockAcquisitionException
        || failure instanceof PessimisticLockException;
  }

  /** Whether a unique index of that name refused the write. */
  static boolean violates(Throwable failure, String index) {
    return failure instanceof ConstraintViolationException violation
        && index.equals(violation.getConstraintName());
  }
}
