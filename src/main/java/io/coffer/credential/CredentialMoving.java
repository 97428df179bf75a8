package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Right;
import io.coffer.credential.ContentSealing.SealedContent;
import io.coffer.type.StoredFields;
import io.coffer.type.ValidatedFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Moves personal credentials to an organization. */
@ApplicationScoped
class CredentialMoving {

  private static final int ATTEMPTS = 5;

  private final CredentialReading reading;
  private final ContentSealing sealing;
  private final CredentialWriter writer;

  CredentialMoving(CredentialReading reading, ContentSealing sealing, CredentialWriter writer) {
    this.reading = reading;
    this.sealing = sealing;
    this.writer = writer;
  }

  /**
   * Moves the credential: the value is sealed anew for the organization, and nothing of the old
   * sealing stays.
   *
   * @param caller its owner
   * @param target the same caller in the organization that gets it
   */
  Uni<Typed> move(Caller caller, Caller target, UUID id) {
    return Uni.createFrom()
        .deferred(() -> attempt(caller, target, id))
        .onFailure(CredentialWriter.Outrun.class)
        .retry()
        .atMost(ATTEMPTS);
  }

  private Uni<Typed> attempt(Caller caller, Caller target, UUID id) {
    return reading
        .live(caller, id, Right.ADMIN, Right.USE)
        .invoke(
            current -> {
              requireOwner(caller, current.found().row());
              AccessDecision.requireMayCreate(target, false);
            })
        .flatMap(
            current -> {
              CredentialEntity read = current.found().row();
              byte[] replaced = read.sealed;
              return resealed(current, target)
                  .flatMap(value -> sealing.stored(value, () -> write(caller, target, read, value)))
                  .call(
                      _ ->
                          replaced == null
                              ? Uni.createFrom().voidItem()
                              : sealing.destroyKeyOf(replaced));
            })
        .chain(() -> reading.live(target, id, Right.READ));
  }

  private static void requireOwner(Caller caller, CredentialEntity row) {
    if (row.owner == null) {
      throw new CredentialFailure.Refused("Only a personal credential can be moved.");
    }
    if (!row.owner.equals(caller.principal())) {
      throw new Denied.MissingRole(Set.of("owner"));
    }
  }

  private Uni<SealedContent> resealed(Typed current, Caller target) {
    CredentialEntity row = current.found().row();
    return sealing
        .open(row)
        .flatMap(
            secrets -> {
              StoredFields stored = new StoredFields(row.plain, secrets);
              ValidatedFields content =
                  new ValidatedFields(stored.plain(), stored.secret(), Set.of());
              return sealing.seal(
                  current.type(), target.organization(), row.id, row.version + 1, content);
            });
  }

  private Uni<CredentialEntity> write(
      Caller caller, Caller target, CredentialEntity read, SealedContent value) {
    boolean elsewhere = !read.organization.equals(target.organization());
    return writer.change(
        read,
        new Deed(
            caller,
            "move",
            Map.of(
                "from_organization", read.organization.toString(),
                "from_owner", caller.principal().toString())),
        session ->
            elsewhere ? CredentialShares.drop(session, read.id) : Uni.createFrom().voidItem(),
        row -> {
          row.organization = target.organization();
          row.owner = null;
          row.isDefault = false;
          row.nameKey = NameKey.of(row.type, row.name);
          row.version++;
          value.writeTo(row);
          keepVerdict(row, read);
        });
  }

  /** The value is the same, and so is what was found out about it. */
  private static void keepVerdict(CredentialEntity row, CredentialEntity read) {
    row.isValid = read.isValid;
    row.verdict = read.verdict;
    row.verdictReason = read.verdictReason;
    row.usable = read.usable;
    row.warnings = read.warnings;
    row.valueExpiresAt = read.valueExpiresAt;
    row.checkedAt = read.checkedAt;
    row.nextCheckAt = read.nextCheckAt;
  }
}
