package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every pack keeps to the schema, loads, and contradicts itself nowhere. */
class TypePackTest {

  private static final Path FOLDER = Path.of("src/main/resources/types");
  private static final JsonSchema SCHEMA = schema();

  @TestFactory
  Stream<DynamicTest> keepsToTheSchemaAndLoads() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }
  }

  @Test
  void refusesAPackThatTheSchemaDoesNotKnow() throws IOException {
    assertThat(
            violations("slug: x\nname: X\ncategory: llm\ndescription: d\nfields: []\ncolour: red"))
        .hasSize(2);
  }

  @Test
  void findsReferencesToNowhere() throws IOException {
    String pack =
        """
        slug: x
        name: X
        category: llm
        description: A type.
        main: key
        value: field
        fields: [{id: token, label: Token, secret: true}]
        env: {X_TOKEN: tokken}
        rules: {completeness: {required: [other]}}
        """;
    assertThat(violations(pack)).isEmpty();
    assertThat(DefinitionCheck.problems(read(pack)))
        .containsExactlyInAnyOrder(
            "required names the field other, which the type does not have",
            "env names the field tokken, which the type does not have",
            "main names the field key, which the type does not have");
  }

  private static void check(Path file) throws IOException {
    String text = Files.readString(file);
    assertThat(violations(text)).isEmpty();
    TypeDefinition pack = read(text);
    assertThat(file.getFileName()).hasToString(pack.slug() + ".yaml");
    assertThat(DefinitionCheck.problems(pack)).isEmpty();
  }

  private static List<String> violations(String text) throws IOException {
    JsonNode pack = PackYaml.tree(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    Set<ValidationMessage> found = SCHEMA.validate(pack);
    return found.stream().map(ValidationMessage::getMessage).toList();
  }

  private static TypeDefinition read(String text) throws IOException {
    return TypePacks.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonSchema schema() {
    try (InputStream in = Files.newInputStream(FOLDER.resolve("schema/type-pack.schema.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
