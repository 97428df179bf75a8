package io.coffer.kms.aws.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Base64;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The members of a request, read under the service's limits. */
record Input(JsonNode body) {

  boolean has(String name) {
    return body.hasNonNull(name);
  }

  String text(String name, int longest) {
    JsonNode node = node(name);
    if (!node.isTextual() || node.textValue().isEmpty() || node.textValue().length() > longest) {
      throw ServerFailure.validation(name + " must have 1 to " + longest + " characters");
    }
    return node.textValue();
  }

  String keyId(String name) {
    return text(name, 2048);
  }

  String choice(String name, String fallback, Set<String> allowed) {
    String value = has(name) ? text(name, 64) : fallback;
    if (!allowed.contains(value)) {
      throw ServerFailure.validation(name + " must be one of " + allowed);
    }
    return value;
  }

  int number(String name, int least, int most) {
    JsonNode node = node(name);
    if (!node.isInt() || node.intValue() < least || node.intValue() > most) {
      throw ServerFailure.validation(name + " must be from " + least + " to " + most);
    }
    return node.intValue();
  }

  boolean flag(String name) {
    return has(name) && node(name).booleanValue();
  }

  byte[] bytes(String name, int longest) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(node(name).asText(""));
    } catch (IllegalArgumentException e) {
      throw new ServerFailure("SerializationException", name + " is not base64");
    }
    if (bytes.length < 1 || bytes.length > longest) {
      throw ServerFailure.validation(name + " must have 1 to " + longest + " bytes");
    }
    return bytes;
  }

  SortedMap<String, String> context(String name) {
    SortedMap<String, String> context = new TreeMap<>();
    if (has(name)) {
      node(name)
          .properties()
          .forEach(
              entry -> {
                if (!entry.getValue().isTextual()) {
                  throw new ServerFailure("SerializationException", name + " is no map of strings");
                }
                context.put(entry.getKey(), entry.getValue().textValue());
              });
    }
    return context;
  }

  void requireGrantTokens() {
    if (has("GrantTokens") && !node("GrantTokens").isEmpty()) {
      if (node("GrantTokens").size() > 10) {
        throw ServerFailure.validation("GrantTokens must have at most 10 members");
      }
      throw new ServerFailure("InvalidGrantTokenException", "The grant token is not known");
    }
  }

  private JsonNode node(String name) {
    JsonNode node = body.get(name);
    return node == null ? MissingNode.getInstance() : node;
  }
}
