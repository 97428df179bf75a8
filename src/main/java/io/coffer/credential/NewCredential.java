package io.coffer.credential;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to make a credential, read but not yet checked against its type.
 *
 * @param name what people call it
 * @param type slug, alias or id of its type
 * @param category must be the type's if given
 * @param description free text, empty if there is none
 * @param personal whether the caller owns it instead of the organization
 * @param organization id or slug of the organization that must be the selected one; null: that one
 * @param content the fields
 * @param expiresAt when the value ends to work; null: unknown
 * @param labels for the users' own order
 * @param validate whether the value is tried before it is stored
 */
record NewCredential(
    String name,
    String type,
    @Nullable String category,
    String description,
    boolean personal,
    @Nullable String organization,
    Content content,
    @Nullable Instant expiresAt,
    Map<String, String> labels,
    boolean validate) {

  /** Never prints the content. */
  @Override
  public String toString() {
    return "NewCredential[" + type + ']';
  }
}
