package io.coffer.kms.aws.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A key with its state and its generations of material; replicas share the material. */
public final class ServerKey {

  /** The states of a key, by the names that the service gives them. */
  public enum State {
    Enabled,
    Disabled,
    PendingDeletion,
    PendingImport,
    Unavailable
  }

  static final String ACCOUNT = "111122223333";
  static final String SYMMETRIC = "ENCRYPT_DECRYPT";

  private final String id;
  private final String region;
  private final String usage;
  private final CopyOnWriteArrayList<KeyMaterial> materials;
  private volatile State state = State.Enabled;

  ServerKey(String id, String region, String usage, List<KeyMaterial> materials) {
    this.id = id;
    this.region = region;
    this.usage = usage;
    this.materials =
        materials instanceof CopyOnWriteArrayList<KeyMaterial> shared
            ? shared
            : new CopyOnWriteArrayList<>(materials);
  }

  public String id() {
    return id;
  }

  public String arn() {
    return "arn:aws:kms:" + region + ':' + ACCOUNT + ":key/" + id;
  }

  public State state() {
    return state;
  }

  public void become(State next) {
    state = next;
  }

  boolean multiRegion() {
    return id.startsWith("mrk-");
  }

  String usage() {
    return usage;
  }

  KeyMaterial current() {
    return materials.getLast();
  }

  List<KeyMaterial> materials() {
    return materials;
  }

  /** Adds a generation, which wraps from now on; the old ones still open. */
  public void rotate() {
    materials.add(KeyMaterial.fresh());
  }

  boolean owns(String materialId) {
    return materials.stream().anyMatch(material -> material.id().equals(materialId));
  }

  ServerKey replica(String otherRegion) {
    return new ServerKey(id, otherRegion, usage, materials);
  }

  void requireUsable() {
    switch (state) {
      case Enabled -> {}
      case Disabled -> throw new ServerFailure("DisabledException", arn() + " is disabled.");
      case PendingDeletion, PendingImport, Unavailable ->
          throw new ServerFailure("KMSInvalidStateException", arn() + " is " + state + '.');
    }
    if (!usage.equals(SYMMETRIC)) {
      throw new ServerFailure("InvalidKeyUsageException", arn() + " key usage is " + usage + '.');
    }
  }
}
