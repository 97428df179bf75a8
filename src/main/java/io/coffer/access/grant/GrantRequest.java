package io.coffer.access.grant;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.web.JsonBody;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request to grant a role.
 *
 * @param role the role
 * @param reason why, in words; null: not said
 */
public record GrantRequest(GrantRole role, @Nullable String reason) {

  private static final int MAX_ROLE = 64;
  private static final int MAX_REASON = 512;
  private static final int MAX_CODE = 256;
  private static final Pattern NO_CODE = Pattern.compile("[^A-Za-z0-9]+");

  /** The body as OpenAPI shows it. */
  @Schema(name = "NewGrant", example = "{\"role\": \"use\"}")
  public record Body(
      @Schema(required = true, description = "admin, use or read") String role,
      @Schema(
              maxLength = MAX_REASON,
              description = "Why; needed by a system administrator who grants itself use")
          @Nullable String reason) {}

  /**
   * Reads a body.
   *
   * @throws io.coffer.web.InvalidBody if it is none
   */
  public static GrantRequest of(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    String name = body.requiredText("role", MAX_ROLE);
    GrantRole role = GrantRole.ofWireName(name).orElse(GrantRole.READ);
    if (!name.isEmpty() && !role.wireName().equals(name)) {
      body.error("role", "choice", "It must be admin, use or read.");
    }
    String reason = body.text("reason", MAX_REASON);
    body.finish();
    return new GrantRequest(role, reason == null || reason.isBlank() ? null : reason.strip());
  }

  /** The words of the reason in the alphabet of events. */
  static String code(String reason) {
    String code =
        NO_CODE.matcher(reason).replaceAll(" ").strip().replace(' ', '-').toLowerCase(Locale.ROOT);
    return code.substring(0, Math.min(code.length(), MAX_CODE));
  }
}
