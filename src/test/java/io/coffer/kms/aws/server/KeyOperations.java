package io.coffer.kms.aws.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** The operations on keys themselves. */
final class KeyOperations {

  private static final Set<String> USAGES =
      Set.of(ServerKey.SYMMETRIC, "SIGN_VERIFY", "GENERATE_VERIFY_MAC");

  private final ServerKeys keys;
  private final Permissions permissions;

  KeyOperations(ServerKeys keys, Permissions permissions) {
    this.keys = keys;
    this.permissions = permissions;
  }

  Map<String, Operation> all() {
    return Map.of(
        "CreateKey", this::create,
        "DescribeKey", this::describe,
        "EnableKey", (input, who) -> toState(input, "EnableKey", who, ServerKey.State.Enabled),
        "DisableKey", (input, who) -> toState(input, "DisableKey", who, ServerKey.State.Disabled),
        "ScheduleKeyDeletion", this::scheduleDeletion,
        "CancelKeyDeletion", this::cancelDeletion,
        "CreateAlias", this::createAlias,
        "UpdateAlias", this::updateAlias,
        "RotateKeyOnDemand", this::rotate,
        "ListKeyRotations", this::rotations);
  }

  private ObjectNode create(Input input, String accessKey) {
    String usage = input.choice("KeyUsage", ServerKey.SYMMETRIC, USAGES);
    permissions.require(accessKey, "CreateKey", "*", Map.of());
    return metadata(keys.create(usage, input.flag("MultiRegion")));
  }

  private ObjectNode describe(Input input, String accessKey) {
    return metadata(find(input, "KeyId", "DescribeKey", accessKey));
  }

  private ObjectNode toState(Input input, String operation, String who, ServerKey.State next) {
    ServerKey key = find(input, "KeyId", operation, who);
    if (key.state() != ServerKey.State.Enabled && key.state() != ServerKey.State.Disabled) {
      throw new ServerFailure("KMSInvalidStateException", key.arn() + " is " + key.state());
    }
    key.become(next);
    return empty();
  }

  private ObjectNode scheduleDeletion(Input input, String accessKey) {
    if (input.has("PendingWindowInDays")) {
      int _ = input.number("PendingWindowInDays", 7, 30);
    }
    ServerKey key = find(input, "KeyId", "ScheduleKeyDeletion", accessKey);
    if (key.state() == ServerKey.State.PendingDeletion) {
      throw new ServerFailure("KMSInvalidStateException", key.arn() + " is pending deletion.");
    }
    key.become(ServerKey.State.PendingDeletion);
    return named(key).put("KeyState", key.state().name());
  }

  private ObjectNode cancelDeletion(Input input, String accessKey) {
    ServerKey key = find(input, "KeyId", "CancelKeyDeletion", accessKey);
    if (key.state() != ServerKey.State.PendingDeletion) {
      throw new ServerFailure("KMSInvalidStateException", key.arn() + " is not pending deletion.");
    }
    key.become(ServerKey.State.Disabled);
    return named(key);
  }

  private ObjectNode createAlias(Input input, String accessKey) {
    permissions.require(accessKey, "CreateAlias", "*", Map.of());
    keys.createAlias(input.text("AliasName", 256), input.keyId("TargetKeyId"));
    return empty();
  }

  private ObjectNode updateAlias(Input input, String accessKey) {
    permissions.require(accessKey, "UpdateAlias", "*", Map.of());
    keys.updateAlias(input.text("AliasName", 256), input.keyId("TargetKeyId"));
    return empty();
  }

  private ObjectNode rotate(Input input, String accessKey) {
    ServerKey key = find(input, "KeyId", "RotateKeyOnDemand", accessKey);
    key.requireUsable();
    key.rotate();
    return named(key);
  }

  private ObjectNode rotations(Input input, String accessKey) {
    ServerKey key = find(input, "KeyId", "ListKeyRotations", accessKey);
    ObjectNode answer = empty().put("Truncated", false);
    ArrayNode rotations = answer.putArray("Rotations");
    key.materials().stream()
        .skip(1)
        .forEach(
            material ->
                rotations
                    .addObject()
                    .put("KeyId", key.arn())
                    .put("KeyMaterialId", material.id())
                    .put("RotationType", "ON_DEMAND"));
    return answer;
  }

  private ServerKey find(Input input, String member, String operation, String accessKey) {
    ServerKey key = keys.find(input.keyId(member));
    permissions.require(accessKey, operation, key.arn(), Map.of());
    return key;
  }

  private static ObjectNode metadata(ServerKey key) {
    ObjectNode answer = empty();
    answer
        .putObject("KeyMetadata")
        .put("AWSAccountId", ServerKey.ACCOUNT)
        .put("KeyId", key.id())
        .put("Arn", key.arn())
        .put("Enabled", key.state() == ServerKey.State.Enabled)
        .put("KeyState", key.state().name())
        .put("KeyUsage", key.usage())
        .put("KeyManager", "CUSTOMER")
        .put("KeySpec", key.usage().equals(ServerKey.SYMMETRIC) ? "SYMMETRIC_DEFAULT" : "RSA_2048")
        .put("MultiRegion", key.multiRegion());
    return answer;
  }

  private static ObjectNode named(ServerKey key) {
    return empty().put("KeyId", key.arn());
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
