package io.coffer.type.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a key file that passed the format {@code service_account_json} says of itself. */
public final class ServiceAccount {

  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{16,64}");

  private ServiceAccount() {}

  /** The id of the key, which the provider shows beside the account; it is no secret. */
  public static Optional<String> keyId(String json) {
    return text(json, "private_key_id").filter(id -> KEY_ID.matcher(id).matches());
  }

  /** The project of the account, if the file names it. */
  public static Optional<String> project(String json) {
    return text(json, "project_id");
  }

  /** The private key in PEM. */
  public static Optional<String> key(String json) {
    return text(json, "private_key");
  }

  private static Optional<String> text(String json, String name) {
    return JsonObjectFormat.parse(json)
        .map(account -> account.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isEmpty());
  }
}
