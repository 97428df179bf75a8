package io.coffer.kms.aws.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The keys and aliases of one region. */
final class ServerKeys {

  private final String region;
  private final Map<String, ServerKey> keys = new ConcurrentHashMap<>();
  private final Map<String, String> aliases = new ConcurrentHashMap<>();

  ServerKeys(String region) {
    this.region = region;
  }

  ServerKey create(String usage, boolean multiRegion) {
    String id =
        multiRegion
            ? "mrk-" + UUID.randomUUID().toString().replace("-", "")
            : UUID.randomUUID().toString();
    return add(new ServerKey(id, region, usage, List.of(KeyMaterial.fresh())));
  }

  ServerKey add(ServerKey key) {
    keys.put(key.id(), key);
    return key;
  }

  /** Finds a key by id, ARN, alias or the ARN of an alias. */
  ServerKey find(String name) {
    String local = name.startsWith("arn:") ? localName(name) : name;
    String id = local.startsWith("alias/") ? aliases.get(local) : local;
    ServerKey key = id == null ? null : keys.get(id);
    if (key == null) {
      throw ServerFailure.notFound(name);
    }
    return key;
  }

  Optional<ServerKey> ownerOf(String materialId) {
    return keys.values().stream().filter(key -> key.owns(materialId)).findFirst();
  }

  void createAlias(String alias, String keyId) {
    requireAliasName(alias);
    ServerKey key = find(keyId);
    if (aliases.putIfAbsent(alias, key.id()) != null) {
      throw new ServerFailure("AlreadyExistsException", "Alias " + alias + " already exists");
    }
  }

  void updateAlias(String alias, String keyId) {
    requireAliasName(alias);
    ServerKey key = find(keyId);
    if (aliases.replace(alias, key.id()) == null) {
      throw ServerFailure.notFound(alias);
    }
  }

  private String localName(String arn) {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6 || !parts[2].equals("kms") || !parts[3].equals(region)) {
      throw ServerFailure.notFound(arn);
    }
    if (!parts[4].equals(ServerKey.ACCOUNT)) {
      throw new ServerFailure("AccessDeniedException", "No access to " + arn);
    }
    return parts[5].startsWith("key/") ? parts[5].substring("key/".length()) : parts[5];
  }

  private static void requireAliasName(String alias) {
    if (!alias.matches("alias/[a-zA-Z0-9/_-]+") || alias.startsWith("alias/aws/")) {
      throw new ServerFailure("InvalidAliasNameException", alias + " is not allowed");
    }
  }
}
