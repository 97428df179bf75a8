package io.coffer.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Kubernetes objects as a tool rendered them.
 *
 * @param objects in their order
 */
record Manifests(List<JsonNode> objects) {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static Manifests parse(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      List<JsonNode> objects = documents.readAll();
      return new Manifests(objects.stream().filter(JsonNode::isObject).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one object of a kind; missing if there is none. */
  JsonNode one(String kind) {
    List<JsonNode> found = all(kind).toList();
    if (found.size() > 1) {
      throw new AssertionError("more than one " + kind);
    }
    return found.isEmpty() ? MissingNode.getInstance() : found.getFirst();
  }

  Stream<JsonNode> all(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
  }

  List<String> kinds() {
    return objects.stream().map(object -> object.path("kind").asText()).sorted().toList();
  }

  JsonNode pod() {
    return one("Deployment").at("/spec/template/spec");
  }

  JsonNode container() {
    return pod().at("/containers/0");
  }

  /** The settings that the pods get: from the ConfigMap, and from Secrets as {@code secret/key}. */
  TreeMap<String, String> settings() {
    TreeMap<String, String> settings = new TreeMap<>();
    String source = container().at("/envFrom/0/configMapRef/name").asText();
    all("ConfigMap")
        .filter(map -> map.at("/metadata/name").asText().equals(source))
        .flatMap(map -> map.path("data").properties().stream())
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    for (JsonNode variable : container().path("env")) {
      JsonNode secret = variable.at("/valueFrom/secretKeyRef");
      settings.put(
          variable.path("name").asText(),
          secret.isMissingNode()
              ? variable.path("value").asText()
              : "secret " + secret.path("name").asText() + "/" + secret.path("key").asText());
    }
    return settings;
  }
}
