package io.coffer.job;

import io.coffer.kms.KeyRef;
import io.vertx.core.json.JsonObject;

/**
 * What a re-wrap was asked to do, as its job keeps it.
 *
 * @param from the key-encryption key to move away from, under its full name
 * @param to the key-encryption key to move to, under its full name
 * @param dryRun does everything but store
 */
record RewrapOrder(KeyRef from, KeyRef to, boolean dryRun) {

  static RewrapOrder of(JsonObject stored) {
    return new RewrapOrder(
        key(stored.getJsonObject("from")),
        key(stored.getJsonObject("to")),
        stored.getBoolean("dry_run", false));
  }

  JsonObject stored() {
    return new JsonObject().put("from", json(from)).put("to", json(to)).put("dry_run", dryRun);
  }

  private static KeyRef key(JsonObject stored) {
    return new KeyRef(stored.getString("provider"), stored.getString("key_id"));
  }

  private static JsonObject json(KeyRef key) {
    return new JsonObject().put("provider", key.provider()).put("key_id", key.keyId());
  }
}
