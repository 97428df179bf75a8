package io.coffer.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coffer.type.CredentialType;
import io.coffer.type.FieldDefinition;
import io.coffer.type.FieldValidator;
import io.coffer.type.TypeDefinition;
import io.coffer.type.TypeFailure;
import io.coffer.type.TypePacks;
import io.coffer.type.TypeProblems;
import io.coffer.type.TypeSample;
import io.coffer.type.ValueParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The failures of fields and of one-string values, and all that they carry, hold no secret. */
class TypedFailuresTest {

  private final Needles needles = new Needles();
  private final Findings findings = new Findings(needles);
  private final PlantedFields plants = new PlantedFields(needles);
  private final FieldValidator validator = new FieldValidator();
  private final ValueParser parser = new ValueParser();

  static List<TypeDefinition> packs() {
    return TypePacks.load();
  }

  @ParameterizedTest
  @MethodSource("packs")
  void holdNoSecret(TypeDefinition pack) {
    CredentialType type = new CredentialType(new UUID(0, 1), 1, pack.slug(), 1, true, null, pack);
    for (TypeSample.Valid sample : TypeSample.of(pack.slug()).valid()) {
      ObjectNode fields = plants.plant(pack, sample);
      searchFields(type, fields.deepCopy().put("no_such_field", 1));
      pack.fields().stream()
          .filter(FieldDefinition::secret)
          .forEach(field -> wrongValues().forEach(v -> searchField(type, fields, field, v)));
    }
    String marker = plants.marker("a value as one string");
    for (String shape : List.of("%s", "{\"a\":\"%s", "{\"a\":%s}", "x://u:%s@[h:1/", "a:%s@b")) {
      searchValue(type, shape.formatted(marker));
    }
    for (String scheme : pack.dialect()) {
      searchValue(type, scheme + "://user:" + marker + "@host:port/database");
      searchValue(type, scheme + "://user:pass@host/database?" + marker + "=" + marker);
      searchValue(type, "jdbc:" + scheme + "://host/database?user=u&password=%zz" + marker);
    }
    assertThat(findings.take()).isEmpty();
  }

  private List<JsonNode> wrongValues() {
    String marker = plants.marker("a value of a wrong kind");
    JsonNodeFactory json = JsonNodeFactory.instance;
    return List.of(
        json.arrayNode().add(marker),
        json.objectNode().set("a", json.arrayNode().add(marker)),
        json.textNode("\u0000\ud800" + marker),
        json.textNode("-----BEGIN RSA PRIVATE KEY-----\n" + marker),
        json.textNode("{\"type\":\"service_account\",\"private_key\":\"" + marker),
        json.textNode("otpauth://totp/x?secret=" + marker),
        json.textNode(marker.repeat(3_000)));
  }

  private void searchField(
      CredentialType type, ObjectNode fields, FieldDefinition field, JsonNode value) {
    searchFields(type, fields.deepCopy().set(field.id(), value));
  }

  private void searchFields(CredentialType type, JsonNode fields) {
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    fields.properties().forEach(entry -> byId.put(entry.getKey(), entry.getValue()));
    try (var valid = validator.validate(type, byId, null)) {
      findings.search(type.slug(), valid + " " + valid.secret());
    } catch (RuntimeException failure) {
      search(type, failure);
    }
  }

  private void searchValue(CredentialType type, String value) {
    try {
      assertThat(parser.parse(type, value)).isNotEmpty();
    } catch (RuntimeException failure) {
      search(type, failure);
    }
  }

  private void search(CredentialType type, RuntimeException failure) {
    assertThat(failure).isInstanceOf(TypeFailure.class);
    findings.searchFailure(type.slug(), failure);
    findings.search(type.slug(), TypeProblems.problem((TypeFailure) failure).toString());
  }
}
