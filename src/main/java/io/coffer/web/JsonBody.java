package io.coffer.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object member by member and collects what is wrong with all of them, so that the
 * client learns it at once. What it reports names the member and the rule and never repeats the
 * value.
 */
public final class JsonBody {

  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_]{1,40}");

  private final JsonNode body;
  private final String prefix;
  private final Set<String> read = new HashSet<>();
  private final List<Problem.FieldError> errors = new ArrayList<>();

  /**
   * @param body the parsed body; null if the request has none
   */
  public JsonBody(@Nullable JsonNode body) {
    this(body, "");
  }

  /**
   * An object within a body.
   *
   * @param prefix what leads to its members, for example {@code credentials[0].}
   */
  public JsonBody(@Nullable JsonNode body, String prefix) {
    this.prefix = prefix;
    this.body = body == null ? MissingNode.getInstance() : body;
    if (!this.body.isObject()) {
      throw new InvalidBody(
          List.of(new Problem.FieldError("", "object", "The body must be a JSON object.")));
    }
  }

  /** Whether the member is there, if only as null. */
  public boolean has(String member) {
    read.add(member);
    return body.has(member);
  }

  /** Whether the member is there and null. */
  public boolean isNull(String member) {
    return has(member) && body.get(member).isNull();
  }

  /** A text; null if it is absent, null or wrong. */
  public @Nullable String text(String member, int maxLength) {
    JsonNode node = find(member);
    if (node == null) {
      return null;
    }
    if (!node.isTextual()) {
      error(member, "string", "It must be a string.");
      return null;
    }
    String text = node.textValue();
    if (text.codePointCount(0, text.length()) > maxLength) {
      error(member, "max_length", "It must not be longer than " + maxLength + " characters.");
      return null;
    }
    if (!isStorable(text)) {
      error(member, "characters", "It must be Unicode text without the character U+0000.");
      return null;
    }
    return text;
  }

  /** A text that must be there and not be blank; the empty text stands in for a wrong one. */
  public String requiredText(String member, int maxLength) {
    String text = text(member, maxLength);
    if (text == null || text.isBlank()) {
      if (errors.stream().noneMatch(error -> error.field().equals(pathOf(member)))) {
        error(member, "required", "It must be given and not be blank.");
      }
      return "";
    }
    return text;
  }

  public @Nullable Boolean bool(String member) {
    JsonNode node = find(member);
    if (node != null && !node.isBoolean()) {
      error(member, "boolean", "It must be true or false.");
      return null;
    }
    return node == null ? null : node.booleanValue();
  }

  /** A time (RFC 3339). */
  public @Nullable Instant instant(String member) {
    String text = text(member, 64);
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (isStorable(time)) {
        return time.toInstant();
      }
      error(member, "date_time", "Its year must be between 1 and 9999.");
      return null;
    } catch (DateTimeException e) {
      error(member, "date_time", "It must be a time as RFC 3339 writes it.");
      return null;
    }
  }

  /** Whether the text is whole Unicode and free of U+0000, which the database does not take. */
  public static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Whether it is a time of RFC 3339, whose years have four digits; others overflow elsewhere. */
  public static boolean isStorable(OffsetDateTime time) {
    int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
    return year >= 1 && year <= 9999;
  }

  /** The members of an object; null if it is absent, null or wrong. */
  public @Nullable Map<String, JsonNode> object(String member) {
    JsonNode node = find(member);
    if (node == null) {
      return null;
    }
    if (!node.isObject()) {
      error(member, "object", "It must be an object.");
      return null;
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    node.properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
    return members;
  }

  /** An object as it stands; null if it is absent, null or wrong. */
  public @Nullable JsonNode node(String member) {
    return object(member) == null ? null : body.get(member);
  }

  /** The texts of an array, without repetition; null if it is absent, null or wrong. */
  public @Nullable Set<String> texts(String member, int maxItems, int maxLength) {
    JsonNode node = find(member);
    if (node == null) {
      return null;
    }
    Set<String> texts = new LinkedHashSet<>();
    boolean wrong = !node.isArray() || node.size() > maxItems;
    for (JsonNode item : node) {
      wrong |= !item.isTextual() || item.textValue().length() > maxLength;
      wrong |= !isStorable(item.asText());
      texts.add(item.asText());
    }
    if (wrong) {
      String limits = "at most " + maxItems + " texts of at most " + maxLength + " characters.";
      error(member, "array", "It must be an array of " + limits);
      return null;
    }
    return texts;
  }

  /** The items of an array of objects; empty if it is absent, null or wrong. */
  public List<JsonNode> objects(String member, int minItems, int maxItems) {
    JsonNode node = find(member);
    if (node == null) {
      return List.of();
    }
    List<JsonNode> items = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(items::add);
    }
    if (!node.isArray() || items.stream().anyMatch(item -> !item.isObject())) {
      error(member, "array", "It must be an array of objects.");
      return List.of();
    }
    if (items.size() < minItems || items.size() > maxItems) {
      error(member, "items", "It must have " + minItems + " to " + maxItems + " items.");
      return List.of();
    }
    return items;
  }

  /**
   * Notes what is wrong.
   *
   * @param member the member; empty: the object itself
   */
  public void error(String member, String rule, String message) {
    errors.add(new Problem.FieldError(pathOf(member), rule, message));
  }

  private String pathOf(String member) {
    String path = prefix + member;
    return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
  }

  /**
   * Ends the reading.
   *
   * @throws InvalidBody if anything was wrong, or a member was there that nobody read
   */
  public void finish() {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!read.contains(name)) {
                error(shown(name), "unknown", "There is no such member" + those() + ".");
              }
            });
    if (!errors.isEmpty()) {
      throw new InvalidBody(errors);
    }
  }

  /** The members that were looked for. */
  private String those() {
    return read.isEmpty() ? "" : "; there are " + String.join(", ", new TreeSet<>(read));
  }

  private @Nullable JsonNode find(String member) {
    read.add(member);
    JsonNode node = body.get(member);
    return node == null || node.isNull() ? null : node;
  }

  /** A secret that went into the place of a name has digits or signs: it is not repeated. */
  static String shown(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : "?";
  }
}
