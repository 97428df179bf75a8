package io.coffer.credential.use;

import io.coffer.access.Rights;
import java.util.Map;
import java.util.UUID;

/**
 * What a use reads of a credential.
 *
 * @param id the credential
 * @param organization the tenant whose data key seals the value
 * @param own whether the caller owns it as its personal one
 * @param type the id of its type
 * @param name what people call it
 * @param version the number of the sealing
 * @param revision counts changes by clients
 * @param plain its plain fields
 * @param sealed its value in the stored format
 * @param rights what the caller may do with it, never none
 */
record UsableCredential(
    UUID id,
    UUID organization,
    boolean own,
    UUID type,
    String name,
    int version,
    long revision,
    Map<String, Object> plain,
    byte[] sealed,
    Rights rights) {

  @Override
  public String toString() {
    return "UsableCredential[" + id + " version " + version + ']';
  }
}
