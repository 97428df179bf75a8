package io.coffer.credential;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch (RFC 7396) of a credential, read but not yet checked. A null member stays as it is.
 *
 * @param name the new name
 * @param description the new description, empty to clear it
 * @param type slug, alias or id of another type, whose fields must come along
 * @param content fields to set, and to clear where they are null
 * @param expiresAt empty to clear it
 * @param labels labels to set, and to drop where they are empty
 * @param validate whether a new value is tried before it is stored
 */
record CredentialPatch(
    @Nullable String name,
    @Nullable String description,
    @Nullable String type,
    Content content,
    @Nullable Optional<Instant> expiresAt,
    Map<String, Optional<String>> labels,
    boolean validate) {

  /** Never prints the content. */
  @Override
  public String toString() {
    return "CredentialPatch[redacted]";
  }
}
