package io.coffer.access.team;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.web.JsonBody;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what requests say about teams. */
final class TeamBodies {

  private static final int MAX_NAME = 512;
  private static final int MAX_DESCRIPTION = 4096;
  private static final int MAX_CLAIM_VALUE = 512;

  private TeamBodies() {}

  /**
   * A merge patch; a null member stays as it is.
   *
   * @param claimValue empty: none
   */
  record Patch(
      @Nullable String name, @Nullable String description, @Nullable Optional<String> claimValue) {

    /** What the team will be. */
    TeamText onto(TeamText before) {
      return new TeamText(
          name == null ? before.name() : name,
          description == null ? before.description() : description,
          claimValue == null ? before.claimValue() : claimValue);
    }
  }

  /** What people write about a team. */
  record TeamText(String name, String description, Optional<String> claimValue) {}

  static TeamText create(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    String description = body.text("description", MAX_DESCRIPTION);
    TeamText text =
        new TeamText(
            body.requiredText("name", MAX_NAME).strip(),
            description == null ? "" : description,
            claimValue(body));
    body.finish();
    return text;
  }

  static Patch patch(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    Patch patch =
        new Patch(
            body.has("name") ? body.requiredText("name", MAX_NAME).strip() : null,
            body.isNull("description") ? "" : body.text("description", MAX_DESCRIPTION),
            body.has("claim_value") ? claimValue(body) : null);
    body.finish();
    return patch;
  }

  private static Optional<String> claimValue(JsonBody body) {
    String value = body.text("claim_value", MAX_CLAIM_VALUE);
    if (value != null && value.isBlank()) {
      body.error("claim_value", "blank", "It must not be blank; null stands for none.");
    }
    return Optional.ofNullable(value);
  }
}
