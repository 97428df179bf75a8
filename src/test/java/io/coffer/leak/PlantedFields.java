package io.coffer.leak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.type.CredentialType;
import io.coffer.type.FieldDefinition;
import io.coffer.type.FieldKind;
import io.coffer.type.FieldValidator;
import io.coffer.type.TypeDefinition;
import io.coffer.type.TypeFailure;
import io.coffer.type.TypeSample;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fields of credentials whose secrets are markers that stand nowhere else, or, where a format lets
 * none pass, the characteristic parts of a sample.
 */
final class PlantedFields {

  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int MARKER_LENGTH = 32;

  /** For fields of a few digits: a security code or a year, and a month. */
  private static final List<String> RARE_DIGITS = List.of("7391", "11");

  /** What is secret of an {@code otpauth} address. */
  private static final Pattern SEED = Pattern.compile("^otpauth:.*[?&]secret=([A-Z2-7]+)");

  private final SecureRandom random = new SecureRandom();
  private final ObjectMapper mapper = new ObjectMapper();
  private final FieldValidator validator = new FieldValidator();
  private final Needles needles;
  private final Set<String> unsearchable = new ConcurrentSkipListSet<>();
  private final Set<String> planted = new ConcurrentSkipListSet<>();

  PlantedFields(Needles needles) {
    this.needles = needles;
  }

  /** A new text that stands nowhere else yet. */
  String marker(String label) {
    String marker =
        random
            .ints(MARKER_LENGTH, 0, ALPHABET.length())
            .mapToObj(i -> String.valueOf(ALPHABET.charAt(i)))
            .collect(Collectors.joining());
    needles.plant(label, marker);
    return marker;
  }

  /** The sample with a marker in each of its secret fields that takes one. */
  ObjectNode plant(TypeDefinition pack, TypeSample.Valid sample) {
    Map<String, JsonNode> fields = new LinkedHashMap<>(sample.fields());
    pack.fields().stream()
        .filter(field -> field.secret() && fields.containsKey(field.id()))
        .forEach(field -> plant(pack, field, fields));
    return mapper.valueToTree(fields);
  }

  /** The secret fields that were too short or too common to be searched for. */
  Set<String> unsearchable() {
    Set<String> never = new TreeSet<>(unsearchable);
    never.removeAll(planted);
    return never;
  }

  /** The secret fields that were searched for, as type and field. */
  Set<String> planted() {
    return planted;
  }

  private void plant(TypeDefinition pack, FieldDefinition field, Map<String, JsonNode> fields) {
    String label = pack.slug() + '.' + field.id();
    JsonNode sample = Objects.requireNonNull(fields.get(field.id()));
    String marker = marker(label);
    if (field.kind() == FieldKind.MAP) {
      ObjectNode map = mapper.createObjectNode();
      sample.fieldNames().forEachRemaining(name -> map.put(name, marker(label)));
      fields.put(field.id(), map);
      planted.add(label);
      return;
    }
    if (isPassphrase(pack, field)) {
      // It must open the sample's key. Its words may stand in help texts, it as a whole may not.
      needles.plantWhole(label, sample.asText());
      planted.add(label);
      return;
    }
    String head = sample.asText().split("[^A-Za-z0-9]", 2)[0];
    String inUrl = sample.asText() + "&x=" + marker;
    List<String> candidates =
        "https_url".equals(field.format())
            ? List.of(inUrl)
            : List.of(marker, head + '-' + marker, marker + "@example.com");
    for (String text : candidates) {
      fields.put(field.id(), TextNode.valueOf(text));
      if (isValid(pack, fields)) {
        planted.add(label);
        return;
      }
    }
    for (String digits : RARE_DIGITS) {
      fields.put(field.id(), TextNode.valueOf(digits));
      if (sample.asText().length() <= digits.length() && isValid(pack, fields)) {
        needles.plantDigits(label, field.id(), digits);
        planted.add(label);
        return;
      }
    }
    fields.put(field.id(), sample);
    (plantSample(label, field, sample) ? planted : unsearchable).add(label);
  }

  private static boolean isPassphrase(TypeDefinition pack, FieldDefinition field) {
    return pack.rules().structure().passphrase().stream()
        .anyMatch(rule -> rule.passphrase().equals(field.id()));
  }

  private boolean isValid(TypeDefinition pack, Map<String, JsonNode> fields) {
    CredentialType type = new CredentialType(new UUID(0, 1), 1, pack.slug(), 1, true, null, pack);
    try (var valid = validator.validate(type, fields, null)) {
      return !valid.secret().isEmpty();
    } catch (TypeFailure refused) {
      return false;
    }
  }

  private boolean plantSample(String label, FieldDefinition field, JsonNode sample) {
    String text = sample.asText();
    if ("service_account_json".equals(field.format())) {
      return plantLines(label, privateKey(text));
    }
    if (text.startsWith("-----BEGIN")) {
      return plantLines(label, text);
    }
    if ("card_number".equals(field.format())) {
      needles.plantWhole(label, text);
      return true;
    }
    Matcher seed = SEED.matcher(text);
    return needles.plant(label, seed.find() ? seed.group(1) : text);
  }

  private String privateKey(String json) {
    try {
      return mapper.readTree(json).path("private_key").asText();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("a sample is no JSON", e);
    }
  }

  /** The lines of a key, but for those that every key of its kind begins with. */
  private boolean plantLines(String label, String pem) {
    return Stream.of(pem.split("\\R"))
            .filter(line -> !line.contains("-----") && !line.contains(":"))
            .skip(1)
            .filter(line -> needles.plant(label, line))
            .count()
        > 0;
  }
}
