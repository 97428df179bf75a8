package io.coffer.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The Kustomize files as they stand in the repository, not built. */
final class Kustomization {

  static final Path BASE = Path.of("deploy", "k8s", "base");
  static final Path PRODUCTION = Path.of("deploy", "k8s", "overlays", "production");
  static final Path MONITORING = Path.of("deploy", "k8s", "components", "monitoring");

  private Kustomization() {}

  /** The resources that a folder's own kustomization lists. */
  static Manifests resources(Path folder) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (JsonNode file : file(folder).path("resources")) {
      Path path = folder.resolve(file.asText());
      if (Files.isRegularFile(path)) {
        objects.addAll(Manifests.parse(Files.readString(path)).objects());
      }
    }
    return new Manifests(objects);
  }

  static JsonNode file(Path folder) throws IOException {
    return Manifests.parse(Files.readString(folder.resolve("kustomization.yaml")))
        .objects()
        .getFirst();
  }

  /** What production's pods get: base, overlay, and variables that come from Secrets. */
  static TreeMap<String, String> productionSettings() throws IOException {
    TreeMap<String, String> settings = resources(BASE).settings();
    for (Path folder : List.of(BASE, PRODUCTION)) {
      for (String line : Files.readAllLines(folder.resolve("settings.env"))) {
        String[] parts = line.split("=", 2);
        settings.put(parts[0], parts[1]);
      }
    }
    settings.putAll(Manifests.parse(Files.readString(PRODUCTION.resolve("login.yaml"))).settings());
    return settings;
  }
}
