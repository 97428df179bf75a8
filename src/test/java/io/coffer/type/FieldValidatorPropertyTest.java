package io.coffer.type;

import static io.coffer.type.SampleTypes.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.coffer.secret.SecretValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FieldValidatorPropertyTest {

  private static final String MARKER = "XqZ7MARKERv9";

  private final FieldValidator validator = new FieldValidator();

  @Property
  void neverRepeatsAValue(@ForAll("hostileFields") Map<String, JsonNode> sent) {
    try (ValidatedFields valid = validator.validate(SERVER, sent, null)) {
      assertThat(valid.toString()).doesNotContain(MARKER);
    } catch (TypeFailure failure) {
      assertThat(failure.toString()).doesNotContain(MARKER);
      assertThat(failure.getCause()).isNull();
    }
  }

  @Property
  void showsAtMostNineCharactersAndHidesNine(@ForAll String text) {
    String mask = Masks.ofText(text);
    String stripped = text.strip();
    int length = stripped.codePointCount(0, stripped.length());
    if (length < 16) {
      assertThat(mask).isEqualTo(Masks.STARS);
    } else {
      String head = mask.substring(0, mask.length() - 4).replaceFirst("\\.\\.\\.$", "");
      assertThat(stripped).startsWith(head);
      assertThat(head.codePointCount(0, head.length())).isBetween(3, 5);
      assertThat(length - head.codePointCount(0, head.length()) - 4).isGreaterThanOrEqualTo(9);
    }
  }

  @Property
  void mergesAsRfc7396Says(
      @ForAll("textFields") Map<String, String> stored,
      @ForAll("changes") Map<String, JsonNode> change) {
    Map<String, String> expected = new HashMap<>(stored);
    change.forEach(
        (id, value) -> {
          if (value.isNull()) {
            expected.remove(id);
          } else {
            expected.put(id, value.textValue());
          }
        });
    try (ValidatedFields before = validator.validate(SERVER, nodes(stored), null);
        ValidatedFields after =
            validator.validate(SERVER, change, new StoredFields(before.plain(), before.secret()))) {
      assertThat(texts(after)).isEqualTo(expected);
      for (String id : List.of("user", "password", "passphrase")) {
        assertThat(after.changed().contains(id))
            .isEqualTo(!java.util.Objects.equals(stored.get(id), expected.get(id)));
      }
    }
  }

  @Property
  void echoingEveryMaskChangesNothing(@ForAll("textFields") Map<String, String> stored) {
    try (ValidatedFields before = validator.validate(SERVER, nodes(stored), null)) {
      Map<String, String> echo = new HashMap<>();
      before.plain().forEach((id, value) -> echo.put(id, value.toString()));
      before.secret().ids().forEach(id -> echo.put(id, Masks.ofText(stored.getOrDefault(id, ""))));
      try (ValidatedFields after =
          validator.validate(
              SERVER, nodes(echo), new StoredFields(before.plain(), before.secret()))) {
        assertThat(texts(after)).isEqualTo(stored);
        assertThat(after.changed()).isEmpty();
      }
    }
  }

  @Provide
  Arbitrary<Map<String, JsonNode>> hostileFields() {
    Arbitrary<String> ids =
        Arbitraries.of(
            "host",
            "port",
            "user",
            "password",
            "private_key",
            "passphrase",
            "mode",
            "sudo",
            "sudo_password",
            "scopes",
            "extra",
            "pin",
            "unknown",
            "no such id " + MARKER);
    JsonNodeFactory json = JsonNodeFactory.instance;
    Arbitrary<JsonNode> values =
        Arbitraries.of(
            json.textNode(MARKER),
            json.textNode(MARKER + "\n" + MARKER.repeat(10)),
            json.textNode("-----BEGIN PRIVATE KEY-----\n" + MARKER + "\n-----END PRIVATE KEY-----"),
            json.arrayNode().add(MARKER).add(1),
            json.objectNode().put(MARKER, 1),
            json.objectNode().put("a", MARKER),
            json.numberNode(Long.MAX_VALUE),
            json.booleanNode(true));
    return Arbitraries.maps(ids, values).ofMaxSize(6);
  }

  @Provide
  Arbitrary<Map<String, String>> textFields() {
    return Arbitraries.maps(Arbitraries.of("user", "password", "passphrase"), values());
  }

  @Provide
  Arbitrary<Map<String, JsonNode>> changes() {
    Arbitrary<JsonNode> values =
        values()
            .map(text -> (JsonNode) JsonNodeFactory.instance.textNode(text))
            .injectNull(0.2)
            .map(node -> node == null ? NullNode.getInstance() : node);
    return Arbitraries.maps(Arbitraries.of("user", "password", "passphrase"), values);
  }

  private static Arbitrary<String> values() {
    return Arbitraries.strings()
        .withCharRange(' ', '~')
        .ofMinLength(1)
        .ofMaxLength(32)
        .filter(text -> !text.equals("ASK") && !text.equals(Masks.STARS));
  }

  private static Map<String, JsonNode> nodes(Map<String, String> texts) {
    Map<String, JsonNode> nodes = new LinkedHashMap<>();
    texts.forEach((id, text) -> nodes.put(id, JsonNodeFactory.instance.textNode(text)));
    return nodes;
  }

  private static Map<String, String> texts(ValidatedFields fields) {
    Map<String, String> texts = new HashMap<>();
    fields.plain().forEach((id, value) -> texts.put(id, value.toString()));
    fields
        .secret()
        .ids()
        .forEach(
            id ->
                texts.put(id, fields.secret().find(id).map(SecretValue::revealText).orElseThrow()));
    return texts;
  }
}
