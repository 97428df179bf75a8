package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Rights;
import io.coffer.access.grant.SharedThing;
import io.coffer.access.grant.SharedThings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Live credentials as things on which rights are granted. */
@ApplicationScoped
class CredentialShares implements SharedThings {

  /** What rows of grants call a credential. */
  static final String KIND = "credential";

  private static final AccessDecision DECISION = AccessDecision.over("c", 1);
  private static final String FIND =
      DECISION.with()
          + "select c.organization, c.owner, c.created_by, c.version, c.revision, decision.rights"
          + " from credential c"
          + DECISION.from()
          + " where decision.rights <> 0 and c.deleted_at is null and c.id = $"
          + (AccessDecision.PARAMETERS + 1);
  private static final String LOCK = "select 1 from credential where id = $1 for no key update";

  @Override
  public Uni<Optional<SharedThing>> find(SqlClient client, Caller caller, UUID id) {
    return client
        .preparedQuery(FIND)
        .execute(AccessDecision.addTo(Tuple.tuple(), caller).addUUID(id))
        .map(rows -> first(rows, id));
  }

  @Override
  public Uni<Void> lock(SqlClient transaction, UUID id) {
    return transaction.preparedQuery(LOCK).execute(Tuple.of(id)).replaceWithVoid();
  }

  /** Drops all grants on a credential. */
  static Uni<Void> drop(Mutiny.Session transaction, UUID id) {
    return transaction
        .createNativeQuery("delete from access_grant where resource_kind = ?1 and resource = ?2")
        .setParameter(1, KIND)
        .setParameter(2, id)
        .executeUpdate()
        .replaceWithVoid();
  }

  private static Optional<SharedThing> first(RowSet<Row> rows, UUID id) {
    for (Row row : rows) {
      return Optional.of(
          new SharedThing(
              AccessEvent.Target.credential(id, row.getInteger("version"), row.getLong("revision")),
              row.getUUID("organization"),
              row.getUUID("owner"),
              row.getUUID("created_by"),
              new Rights(row.getInteger("rights"))));
    }
    return Optional.empty();
  }
}
