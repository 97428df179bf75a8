package io.coffer.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The Helm chart, rendered and linted by Helm's own library. */
final class Chart {

  static final Path FOLDER = Path.of("helm", "coffer");
  private static final Path VALUES = Path.of("src", "test", "resources", "helm");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Chart() {}

  /** Renders with one of the value files of the tests. */
  static Manifests render(String values) {
    return Manifests.parse(renderFile(valuesFile(values)));
  }

  static Path valuesFile(String values) {
    return VALUES.resolve(values + ".yaml");
  }

  /** Renders for another namespace. */
  static Manifests in(String namespace, String values) {
    return Manifests.parse(renderFile(namespace, valuesFile(values)));
  }

  static String renderFile(Path values) {
    return renderFile("coffer", values);
  }

  private static String renderFile(String namespace, Path values) {
    return new Helm(FOLDER)
        .template()
        .withName("coffer")
        .withNamespace(namespace)
        .withKubeVersion("1.30.0")
        .withValuesFile(values.toAbsolutePath())
        .call();
  }

  /** Writes one of the tests' value files, overlaid with some YAML, to {@code target}. */
  static Path overlay(String values, String more, Path target) throws IOException {
    ObjectNode merged = (ObjectNode) YAML.readTree(valuesFile(values).toFile());
    overlay(merged, YAML.readTree(more));
    YAML.writeValue(target.toFile(), merged);
    return target;
  }

  /** Lints a copy whose own values are overlaid with those of the file: lint reads no others. */
  static LintResult lint(String values, Path scratch) throws IOException {
    Path copy = scratch.resolve("coffer");
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(FOLDER.relativize(file).toString()));
      }
    }
    ObjectNode merged = (ObjectNode) YAML.readTree(FOLDER.resolve("values.yaml").toFile());
    overlay(merged, YAML.readTree(valuesFile(values).toFile()));
    YAML.writeValue(copy.resolve("values.yaml").toFile(), merged);
    return new Helm(copy).lint().strict().call();
  }

  private static void overlay(ObjectNode base, JsonNode more) {
    for (Map.Entry<String, JsonNode> entry : more.properties()) {
      if (base.get(entry.getKey()) instanceof ObjectNode inner && entry.getValue().isObject()) {
        overlay(inner, entry.getValue());
      } else {
        base.set(entry.getKey(), entry.getValue());
      }
    }
  }
}
