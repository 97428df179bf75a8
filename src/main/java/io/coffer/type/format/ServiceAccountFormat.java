package io.coffer.type.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coffer.type.key.KeyInfo;
import io.coffer.type.key.KeyRefusal;
import io.coffer.type.key.KeyType;
import io.coffer.type.key.PrivateKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The key file of a Google service account. Other credential files of the same provider (users,
 * external accounts, impersonation) name addresses to call and programs to run, and are refused.
 * Names may be in camel case; what is stored has the provider's own spelling, and its fields only.
 */
final class ServiceAccountFormat implements Format {

  private static final int MAX_LENGTH = 16_384;

  private static final Map<String, String> SPELLINGS = spellings();

  @Override
  public Optional<String> check(String value) {
    if (value.length() > MAX_LENGTH) {
      return Rules.tooLong(MAX_LENGTH);
    }
    return JsonObjectFormat.parse(value)
        .map(ServiceAccountFormat::checkObject)
        .orElseGet(() -> Rules.broken("must be one JSON object with distinct names"));
  }

  private static Optional<String> checkObject(ObjectNode given) {
    ObjectNode account = canonical(given);
    // Two spellings of one name would let two readers see two accounts.
    if (account.isEmpty() || clashes(given)) {
      return Rules.broken("must have each name in one spelling only");
    }
    if (!"service_account".equals(text(account, "type"))) {
      return Rules.broken("must have the type service_account");
    }
    if (TextFormats.email(text(account, "client_email")).isPresent()) {
      return Rules.broken("must have the e-mail address of the account as client_email");
    }
    if (!account.path("project_id").isMissingNode() && text(account, "project_id").isEmpty()) {
      return Rules.broken("must have a project_id that is a text, or none");
    }
    return checkKey(text(account, "private_key"));
  }

  private static Optional<String> checkKey(String pem) {
    String rule = "must have an unencrypted RSA key in PKCS#8 as private_key";
    try {
      KeyInfo key = PrivateKeys.inspect(pem);
      return Rules.require(
          key.type() == KeyType.RSA && !key.encrypted() && pem.contains("BEGIN PRIVATE KEY"), rule);
    } catch (KeyRefusal refusal) {
      return Rules.broken(rule);
    }
  }

  private static boolean clashes(ObjectNode given) {
    return SPELLINGS.entrySet().stream()
        .anyMatch(
            spelling ->
                !spelling.getKey().equals(spelling.getValue())
                    && given.has(spelling.getKey())
                    && given.has(spelling.getValue()));
  }

  @Override
  public String normalize(String value) {
    return JsonObjectFormat.parse(value)
        .map(account -> canonical(account).toString())
        .orElse(value);
  }

  private static ObjectNode canonical(ObjectNode given) {
    ObjectNode account = JsonNodeFactory.instance.objectNode();
    SPELLINGS.forEach(
        (spelling, name) -> {
          JsonNode value = given.get(spelling);
          if (value != null && !value.isNull()) {
            account.set(name, value);
          }
        });
    return account;
  }

  private static String text(ObjectNode account, String name) {
    JsonNode value = account.path(name);
    return value.isTextual() ? value.textValue() : "";
  }

  private static Map<String, String> spellings() {
    Map<String, String> spellings = new LinkedHashMap<>();
    for (String name :
        new String[] {
          "type",
          "project_id",
          "private_key_id",
          "private_key",
          "client_email",
          "client_id",
          "auth_uri",
          "token_uri",
          "auth_provider_x509_cert_url",
          "client_x509_cert_url",
          "universe_domain"
        }) {
      spellings.put(name, name);
      spellings.put(camelCase(name), name);
    }
    return spellings;
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("_", -1)) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }
}
