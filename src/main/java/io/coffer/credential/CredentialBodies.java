package io.coffer.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.web.JsonBody;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests about credentials. */
final class CredentialBodies {

  static final int MAX_NAME = 512;
  static final int MAX_LABELS = 100;
  private static final int MAX_DESCRIPTION = 4096;
  private static final int MAX_TYPE = 128;
  private static final int MAX_LABEL_VALUE = 255;
  // The type decides how long a value may be; this keeps a body of one field readable.
  private static final int MAX_VALUE = 1 << 20;
  private static final Pattern LABEL_KEY =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?");

  private CredentialBodies() {}

  static NewCredential create(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    String description = body.text("description", MAX_DESCRIPTION);
    NewCredential request =
        new NewCredential(
            name(body, body.requiredText("name", MAX_NAME)),
            body.requiredText("type", MAX_TYPE),
            body.text("category", MAX_TYPE),
            description == null ? "" : description,
            body.isNull("organization"),
            body.text("organization", MAX_TYPE),
            content(body, true),
            body.instant("expires_at"),
            labels(body).entrySet().stream()
                .filter(entry -> entry.getValue().isPresent())
                .collect(
                    HashMap::new, (map, e) -> map.put(e.getKey(), e.getValue().get()), Map::putAll),
            Boolean.TRUE.equals(body.bool("validate")));
    body.finish();
    return request;
  }

  static CredentialPatch patch(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    CredentialPatch patch =
        new CredentialPatch(
            body.has("name") ? name(body, body.requiredText("name", MAX_NAME)) : null,
            body.isNull("description") ? "" : body.text("description", MAX_DESCRIPTION),
            body.has("type") ? body.requiredText("type", MAX_TYPE) : null,
            content(body, false),
            expiry(body),
            labels(body),
            Boolean.TRUE.equals(body.bool("validate")));
    body.finish();
    return patch;
  }

  /** The name that a restored or copied credential shall have, if the body gives one. */
  static Optional<String> newName(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return Optional.empty();
    }
    JsonBody body = new JsonBody(node);
    Optional<String> name =
        body.has("name")
            ? Optional.of(name(body, body.requiredText("name", MAX_NAME)))
            : Optional.empty();
    body.finish();
    return name;
  }

  /**
   * What a copy shall be.
   *
   * @param name empty: the source's with a word added
   * @param personal whether the caller owns it instead of the organization
   * @param organization the slug or id of where it shall be; null: the selected one
   */
  record Copy(Optional<String> name, boolean personal, @Nullable String organization) {}

  static Copy copy(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return new Copy(Optional.empty(), false, null);
    }
    JsonBody body = new JsonBody(node);
    Copy copy =
        new Copy(
            body.has("name")
                ? Optional.of(name(body, body.requiredText("name", MAX_NAME)))
                : Optional.empty(),
            body.isNull("organization"),
            body.text("organization", MAX_TYPE));
    body.finish();
    return copy;
  }

  /** The slug or id of the organization to move to; null: the selected one. */
  static @Nullable String move(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return null;
    }
    JsonBody body = new JsonBody(node);
    String organization = body.text("organization", MAX_TYPE);
    body.finish();
    return organization;
  }

  private static String name(JsonBody body, String name) {
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      body.error("name", "characters", "It must not contain control characters.");
    }
    return name;
  }

  private static Content content(JsonBody body, boolean required) {
    Map<String, JsonNode> fields = body.object("fields");
    String value = body.text("value", MAX_VALUE);
    if (required && !body.has("fields") && !body.has("value")) {
      body.error("fields", "required", "Give fields, or the whole as value.");
    }
    return new Content(fields, value);
  }

  private static @Nullable Optional<Instant> expiry(JsonBody body) {
    if (body.isNull("expires_at")) {
      return Optional.empty();
    }
    Instant instant = body.instant("expires_at");
    return instant == null ? null : Optional.of(instant);
  }

  private static Map<String, Optional<String>> labels(JsonBody body) {
    Map<String, JsonNode> sent = body.object("labels");
    Map<String, Optional<String>> labels = new HashMap<>();
    if (sent == null) {
      return labels;
    }
    if (sent.size() > MAX_LABELS) {
      body.error("labels", "max_items", "There must not be more than " + MAX_LABELS + " labels.");
      return labels;
    }
    sent.forEach(
        (key, value) -> {
          if (!LABEL_KEY.matcher(key).matches()) {
            body.error(
                "labels",
                "key",
                "A label's key has 1 to 128 letters, digits, '.', '_', '/' and '-'.");
          } else if (value.isNull()) {
            labels.put(key, Optional.empty());
          } else if (!value.isTextual() || value.textValue().length() > MAX_LABEL_VALUE) {
            body.error("labels." + key, "string", "It must be a string of at most 255 characters.");
          } else if (value.textValue().codePoints().anyMatch(Character::isISOControl)
              || !JsonBody.isStorable(value.textValue())) {
            body.error(
                "labels." + key, "characters", "It must be text without control characters.");
          } else {
            labels.put(key, Optional.of(value.textValue()));
          }
        });
    return labels;
  }
}
