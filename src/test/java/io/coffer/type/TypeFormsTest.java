package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.secret.SecretValue;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every built-in type can be given as one string, and handed out in each form that it has. */
class TypeFormsTest {

  private final FieldValidator validator = new FieldValidator();
  private final ValueParser parser = new ValueParser();
  private final Renderer renderer = new Renderer();

  @TestFactory
  Stream<DynamicTest> oneStringGivesTheSameFields() {
    return TypePacks.load().stream()
        .map(pack -> DynamicTest.dynamicTest(pack.slug(), () -> givesTheSameFields(type(pack))));
  }

  @TestFactory
  Stream<DynamicTest> eachFormIsHandedOut() {
    return TypePacks.load().stream()
        .map(pack -> DynamicTest.dynamicTest(pack.slug(), () -> handsOutEachForm(type(pack))));
  }

  private void givesTheSameFields(CredentialType type) {
    TypeSample sample = TypeSample.of(type.slug());
    Map<String, JsonNode> parsed = parser.parse(type, sample.value());
    assertThat(contents(type, parsed))
        .isEqualTo(contents(type, sample.valid().getFirst().fields()));
  }

  /** A form may need fields that one way to authenticate has and another has not. */
  private void handsOutEachForm(CredentialType type) {
    Set<RenderForm> rendered = EnumSet.noneOf(RenderForm.class);
    for (TypeSample.Valid sample : TypeSample.of(type.slug()).valid()) {
      for (RenderForm form : Renderer.forms(type.definition())) {
        try (ValidatedFields fields = validator.validate(type, sample.fields(), null);
            Rendered content = renderer.render(type, form, fields.plain(), fields.secret());
            SecretValue json = content.json()) {
          assertThat(json.length()).isPositive();
          rendered.add(form);
        } catch (TypeFailure.IncompleteFields missing) {
          assertThat(form).isNotEqualTo(RenderForm.FIELDS).isNotEqualTo(RenderForm.ENV);
        } catch (TypeFailure.UnsupportedForm unsupported) {
          // One of several kinds of databases may be none that is connected to.
          assertThat(type.definition().dialectField()).isNotNull();
          assertThat(unsupported.supported()).doesNotContain(form).contains(RenderForm.FIELDS);
        }
      }
    }
    assertThat(rendered).containsAll(Renderer.forms(type.definition()));
  }

  private Map<String, String> contents(CredentialType type, Map<String, JsonNode> fields) {
    Map<String, String> contents = new TreeMap<>();
    try (ValidatedFields valid = validator.validate(type, fields, null)) {
      valid.plain().forEach((id, value) -> contents.put(id, value.toString()));
      valid
          .secret()
          .ids()
          .forEach(
              id -> contents.put(id, valid.secret().find(id).map(SecretValue::revealText).get()));
    }
    return contents;
  }

  private static CredentialType type(TypeDefinition pack) {
    return new CredentialType(new UUID(0, 1), 1, pack.slug(), 1, true, null, pack);
  }
}
