package io.coffer.job;

import io.coffer.access.Actor;
import io.coffer.access.Caller;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * Who ordered a batch of checks, as its job keeps it.
 *
 * @param principal whose it is
 * @param actor how records name them
 */
record BatchOrder(UUID principal, Actor actor) {

  static BatchOrder of(Caller caller) {
    return new BatchOrder(caller.principal(), caller.actor());
  }

  static BatchOrder of(JsonObject stored) {
    return new BatchOrder(
        UUID.fromString(stored.getString("principal")),
        new Actor(
            stored.getString("issuer"),
            stored.getString("subject"),
            Actor.Kind.valueOf(stored.getString("kind")),
            stored.getString("user_name")));
  }

  JsonObject stored() {
    return new JsonObject()
        .put("principal", principal.toString())
        .put("issuer", actor.issuer())
        .put("subject", actor.subject())
        .put("kind", actor.kind().name())
        .put("user_name", actor.userName());
  }
}
