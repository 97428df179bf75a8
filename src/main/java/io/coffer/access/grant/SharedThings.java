package io.coffer.access.grant;

import io.coffer.access.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.Optional;
import java.util.UUID;

/** How one kind of things is found; whoever keeps the things implements it. */
public interface SharedThings {

  /** The thing, if the caller may see it: through the one decision. */
  Uni<Optional<SharedThing>> find(SqlClient client, Caller caller, UUID id);

  /**
   * Keeps others from changing the thing or its grants until the transaction ends; nothing happens
   * if it does not exist.
   */
  Uni<Void> lock(SqlClient transaction, UUID id);
}
