package io.coffer.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Realistic fields of one built-in type, for tests that want every type. The values are made up.
 *
 * @param valid complete credentials, one for each way to authenticate
 * @param value the first of them as one string
 * @param invalid fields that are refused
 */
public record TypeSample(List<Valid> valid, String value, List<Invalid> invalid) {

  private static final Path FOLDER = Path.of("src/test/resources/type-samples");
  private static final ObjectMapper YAML =
      YAMLMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  /** A complete credential. */
  public record Valid(Map<String, JsonNode> fields) {}

  /** Fields of which the named one breaks a rule. */
  public record Invalid(Map<String, JsonNode> fields, String violates) {}

  /** The sample of the type with that slug. */
  public static TypeSample of(String slug) {
    try {
      return YAML.readValue(FOLDER.resolve(slug + ".yaml").toFile(), TypeSample.class);
    } catch (IOException e) {
      throw new UncheckedIOException("no sample for the type " + slug, e);
    }
  }

  /** The slugs that there are samples for, sorted. */
  public static List<String> slugs() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
