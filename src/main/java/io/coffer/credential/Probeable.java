package io.coffer.credential;

import io.coffer.type.CredentialType;
import java.util.Map;
import java.util.UUID;

/**
 * What a check reads of a stored credential.
 *
 * @param organization the tenant whose data key seals the value
 * @param version the number of the sealing
 * @param sealed its value in the stored format
 */
public record Probeable(
    UUID id,
    UUID organization,
    CredentialType type,
    int version,
    long revision,
    Map<String, Object> plain,
    byte[] sealed) {

  static Probeable of(Typed typed) {
    CredentialEntity row = typed.found().row();
    byte[] sealed = row.sealed;
    if (sealed == null) {
      throw new IllegalArgumentException("a purged credential has no value");
    }
    return new Probeable(
        row.id, row.organization, typed.type(), row.version, row.revision, row.plain, sealed);
  }

  @Override
  public String toString() {
    return "Probeable[" + id + " version " + version + ']';
  }
}
