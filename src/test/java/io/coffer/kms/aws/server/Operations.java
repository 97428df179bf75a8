package io.coffer.kms.aws.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The operations, each with its checks in the order: request, key, permission, state, blob. */
final class Operations {

  private static final int LONGEST_PLAINTEXT = 4096;
  private static final int LONGEST_BLOB = 6144;
  private static final String ALGORITHM = "SYMMETRIC_DEFAULT";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ServerKeys keys;
  private final Permissions permissions;
  private final Map<String, Operation> operations = new TreeMap<>();

  Operations(ServerKeys keys, Permissions permissions) {
    this.keys = keys;
    this.permissions = permissions;
    operations.put("GenerateDataKey", (input, who) -> generate("GenerateDataKey", input, who));
    operations.put(
        "GenerateDataKeyWithoutPlaintext",
        (input, who) -> {
          ObjectNode answer = generate("GenerateDataKeyWithoutPlaintext", input, who);
          answer.remove("Plaintext");
          return answer;
        });
    operations.put("Encrypt", this::encrypt);
    operations.put("Decrypt", this::decrypt);
    operations.put("ReEncrypt", this::reEncrypt);
    operations.put("GenerateRandom", this::generateRandom);
    operations.putAll(new KeyOperations(keys, permissions).all());
  }

  ObjectNode perform(String name, Input input, String accessKey) {
    Operation operation = operations.get(name);
    if (operation == null) {
      throw new ServerFailure("UnknownOperationException", "");
    }
    return operation.perform(input, accessKey);
  }

  private ObjectNode generate(String name, Input input, String accessKey) {
    if (input.has("KeySpec") == input.has("NumberOfBytes")) {
      throw ServerFailure.validation("Please specify either number of bytes or key spec.");
    }
    int length =
        input.has("NumberOfBytes")
            ? input.number("NumberOfBytes", 1, 1024)
            : input.choice("KeySpec", "", Set.of("AES_128", "AES_256")).equals("AES_256") ? 32 : 16;
    SortedMap<String, String> context = input.context("EncryptionContext");
    ServerKey key = usable(name, input, "KeyId", accessKey, context);
    byte[] plaintext = new byte[length];
    RANDOM.nextBytes(plaintext);
    ObjectNode answer = answer(key);
    answer.put("CiphertextBlob", Blobs.seal(key.current(), plaintext, context));
    answer.put("Plaintext", plaintext);
    answer.put("KeyMaterialId", key.current().id());
    return answer;
  }

  private ObjectNode encrypt(Input input, String accessKey) {
    byte[] plaintext = input.bytes("Plaintext", LONGEST_PLAINTEXT);
    requireAlgorithm(input, "EncryptionAlgorithm");
    SortedMap<String, String> context = input.context("EncryptionContext");
    ServerKey key = usable("Encrypt", input, "KeyId", accessKey, context);
    ObjectNode answer = answer(key);
    answer.put("CiphertextBlob", Blobs.seal(key.current(), plaintext, context));
    answer.put("EncryptionAlgorithm", ALGORITHM);
    return answer;
  }

  private ObjectNode decrypt(Input input, String accessKey) {
    byte[] blob = input.bytes("CiphertextBlob", LONGEST_BLOB);
    requireAlgorithm(input, "EncryptionAlgorithm");
    SortedMap<String, String> context = input.context("EncryptionContext");
    ServerKey key = holder("Decrypt", input, "KeyId", accessKey, context, blob);
    KeyMaterial material = material(key, blob);
    ObjectNode answer = answer(key);
    answer.put("Plaintext", Blobs.open(material, blob, context));
    answer.put("EncryptionAlgorithm", ALGORITHM);
    answer.put("KeyMaterialId", material.id());
    return answer;
  }

  private ObjectNode reEncrypt(Input input, String accessKey) {
    byte[] blob = input.bytes("CiphertextBlob", LONGEST_BLOB);
    SortedMap<String, String> before = input.context("SourceEncryptionContext");
    SortedMap<String, String> after = input.context("DestinationEncryptionContext");
    ServerKey source = holder("ReEncrypt", input, "SourceKeyId", accessKey, before, blob);
    ServerKey target = usable("ReEncrypt", input, "DestinationKeyId", accessKey, after);
    KeyMaterial material = material(source, blob);
    byte[] plaintext = Blobs.open(material, blob, before);
    ObjectNode answer = answer(target);
    answer.put("CiphertextBlob", Blobs.seal(target.current(), plaintext, after));
    answer.put("SourceKeyId", source.arn());
    answer.put("SourceEncryptionAlgorithm", ALGORITHM);
    answer.put("DestinationEncryptionAlgorithm", ALGORITHM);
    answer.put("SourceKeyMaterialId", material.id());
    answer.put("DestinationKeyMaterialId", target.current().id());
    return answer;
  }

  private ObjectNode generateRandom(Input input, String accessKey) {
    byte[] bytes = new byte[input.number("NumberOfBytes", 1, 1024)];
    permissions.require(accessKey, "GenerateRandom", "*", Map.of());
    RANDOM.nextBytes(bytes);
    return JsonNodeFactory.instance.objectNode().put("Plaintext", bytes);
  }

  private ServerKey usable(
      String operation,
      Input input,
      String member,
      String accessKey,
      SortedMap<String, String> context) {
    ServerKey key = keys.find(input.keyId(member));
    return admit(operation, input, key, accessKey, context);
  }

  /** The key that opens a blob: the one that is named, else the one that the blob names. */
  private ServerKey holder(
      String operation,
      Input input,
      String member,
      String accessKey,
      SortedMap<String, String> context,
      byte[] blob) {
    ServerKey key =
        input.has(member)
            ? keys.find(input.keyId(member))
            : keys.ownerOf(Blobs.materialId(blob)).orElseThrow(Blobs::damaged);
    return admit(operation, input, key, accessKey, context);
  }

  private ServerKey admit(
      String operation,
      Input input,
      ServerKey key,
      String accessKey,
      SortedMap<String, String> context) {
    permissions.require(accessKey, operation, key.arn(), context);
    input.requireGrantTokens();
    key.requireUsable();
    if (input.flag("DryRun")) {
      throw new ServerFailure("DryRunOperationException", "The request would have succeeded");
    }
    return key;
  }

  private KeyMaterial material(ServerKey key, byte[] blob) {
    String id = Blobs.materialId(blob);
    return key.materials().stream()
        .filter(material -> material.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                keys.ownerOf(id).isPresent()
                    ? new ServerFailure("IncorrectKeyException", "another key made the blob")
                    : Blobs.damaged());
  }

  private static void requireAlgorithm(Input input, String member) {
    String _ = input.choice(member, ALGORITHM, Set.of(ALGORITHM));
  }

  private static ObjectNode answer(ServerKey key) {
    return JsonNodeFactory.instance.objectNode().put("KeyId", key.arn());
  }
}
