package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every built-in type takes what its users have and refuses what cannot be right. */
class TypeSampleTest {

  private static final List<TypeDefinition> PACKS = TypePacks.load();

  private final FieldValidator validator = new FieldValidator();

  @Test
  void everyTypeHasASample() {
    assertThat(TypeSample.slugs())
        .containsExactlyElementsOf(PACKS.stream().map(TypeDefinition::slug).sorted().toList());
  }

  @TestFactory
  Stream<DynamicTest> takesWhatIsRight() {
    return PACKS.stream()
        .flatMap(
            pack ->
                TypeSample.of(pack.slug()).valid().stream()
                    .map(
                        valid ->
                            DynamicTest.dynamicTest(
                                pack.slug() + ' ' + valid.fields().keySet(),
                                () -> assertThat(violations(pack, valid.fields())).isEmpty())));
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatIsWrongAndNamesTheField() {
    return PACKS.stream()
        .flatMap(
            pack ->
                TypeSample.of(pack.slug()).invalid().stream()
                    .map(
                        wrong ->
                            DynamicTest.dynamicTest(
                                pack.slug() + ' ' + wrong.violates(), () -> refuses(pack, wrong))));
  }

  private void refuses(TypeDefinition pack, TypeSample.Invalid wrong) {
    List<Violation> violations = violations(pack, wrong.fields());
    assertThat(violations)
        .as("violations of %s", pack.slug())
        .extracting(Violation::field)
        .contains(wrong.violates());
    wrong
        .fields()
        .forEach(
            (id, value) -> {
              boolean choice = pack.field(id).stream().anyMatch(it -> isChoice(it, value));
              if (!choice && value.isTextual() && value.textValue().length() > 12) {
                assertThat(violations.toString()).doesNotContain(value.textValue());
              }
            });
  }

  /** What stands in the type's own list may be repeated. */
  private static boolean isChoice(FieldDefinition field, JsonNode value) {
    return field.choices().contains(value.asText());
  }

  /** What a new credential with these fields breaks, of structure and of completeness. */
  private List<Violation> violations(TypeDefinition pack, Map<String, JsonNode> fields) {
    CredentialType type = new CredentialType(new UUID(0, 1), 1, pack.slug(), 1, true, null, pack);
    List<Violation> violations = new ArrayList<>();
    try (ValidatedFields valid = validator.validate(type, fields, null)) {
      violations.addAll(validator.missing(type, valid.ids(), valid.plain()));
    } catch (TypeFailure.InvalidFields refused) {
      violations.addAll(refused.violations());
    }
    return violations;
  }
}
