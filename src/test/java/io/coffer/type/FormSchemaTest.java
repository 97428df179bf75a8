package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FormSchemaTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  @TestFactory
  Stream<DynamicTest> isAJsonSchemaThatTakesEverySample() {
    JsonSchema metaSchema =
        SCHEMAS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    return TypePacks.load().stream()
        .map(
            pack ->
                DynamicTest.dynamicTest(
                    pack.slug(),
                    () -> {
                      JsonNode node = reread(FormSchema.of(pack));
                      assertThat(metaSchema.validate(node)).isEmpty();
                      JsonSchema schema = SCHEMAS.getSchema(node);
                      for (TypeSample.Valid sample : TypeSample.of(pack.slug()).valid()) {
                        assertThat(schema.validate(JSON.valueToTree(sample.fields()))).isEmpty();
                      }
                    }));
  }

  @Test
  void keepsRulesOfStructureAndOfCompletenessApart() throws JsonProcessingException {
    JsonNode schema = reread(FormSchema.of(SampleTypes.SERVER.definition()));
    assertThat(schema.at("/$defs/structure/dependentRequired/sudo_password/0").asText())
        .isEqualTo("sudo");
    assertThat(schema.at("/$defs/structure/allOf/0/not/required"))
        .hasToString("[\"password\",\"private_key\"]");
    assertThat(schema.at("/$defs/structure/required").isMissingNode()).isTrue();
    // The port has a default, so that nobody needs to give it.
    assertThat(schema.at("/$defs/completeness/required")).hasToString("[\"host\",\"user\"]");
    assertThat(schema.at("/anyOf/1/required/0").asText()).isEqualTo("private_key");
  }

  @Test
  void refusesWhatTheValidatorRefuses() throws JsonProcessingException {
    JsonSchema schema = SCHEMAS.getSchema(reread(FormSchema.of(SampleTypes.SERVER.definition())));
    String complete = "{host:'h', user:'u', password:'p'";
    assertThat(schema.validate(tree(complete + "}"))).isEmpty();
    assertThat(schema.validate(tree(complete + ", private_key:'k'}"))).isNotEmpty();
    assertThat(schema.validate(tree(complete + ", sudo_password:'k'}"))).isNotEmpty();
    assertThat(schema.validate(tree(complete + ", nope:'k'}"))).isNotEmpty();
    assertThat(schema.validate(tree(complete + ", port:70000}"))).isNotEmpty();
    assertThat(schema.validate(tree(complete + ", pin:'12'}"))).isNotEmpty();
    assertThat(schema.validate(tree("{host:'h', user:'u'}"))).isNotEmpty();
  }

  private static JsonNode tree(String relaxed) {
    return JSON.valueToTree(SampleTypes.fields(relaxed));
  }

  private static JsonNode reread(JsonNode node) throws JsonProcessingException {
    return JSON.readTree(JSON.writeValueAsString(node));
  }
}
