package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart with as few values as possible and the Kustomize base describe one installation. */
class AgreementTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Deployment",
        "Service",
        "PodDisruptionBudget",
        "HorizontalPodAutoscaler",
        "NetworkPolicy"
      })
  void chartAndBaseGiveTheSameSpec(String kind) throws IOException {
    JsonNode chart = Chart.render("minimal").one(kind);
    JsonNode base = Kustomization.resources(Kustomization.BASE).one(kind);

    assertThat(plain(chart.path("spec"))).isEqualTo(plain(base.path("spec")));
    assertThat(chart.path("apiVersion")).isEqualTo(base.path("apiVersion"));
    assertThat(chart.at("/metadata/name")).isEqualTo(base.at("/metadata/name"));
  }

  @Test
  void chartAndOverlayGiveTheSameSettings() throws IOException {
    assertThat(Kustomization.productionSettings())
        .containsOnlyKeys(
            Chart.render("production").settings().keySet().stream()
                .filter(name -> !name.startsWith("QUARKUS_HTTP_CORS_"))
                .toList());
  }

  @Test
  void chartAndOverlayOpenTheSamePorts() throws IOException {
    String overlay = Files.readString(Kustomization.PRODUCTION.resolve("networkpolicy.yaml"));

    assertThat(Manifests.parse(overlay).one("NetworkPolicy").at("/spec/egress"))
        .isEqualTo(Chart.render("production").one("NetworkPolicy").at("/spec/egress"));
    assertThat(Manifests.parse(overlay).one("NetworkPolicy").at("/spec/ingress/0/from"))
        .isEqualTo(Chart.render("production").one("NetworkPolicy").at("/spec/ingress/0/from"));
  }

  @Test
  void bothCarryTheSameDashboardAndAlerts() throws IOException {
    assertThat(Kustomization.MONITORING.resolve("dashboard.json"))
        .hasSameTextualContentAs(Chart.FOLDER.resolve("files/dashboard.json"));
    assertThat(Kustomization.resources(Kustomization.MONITORING).one("PrometheusRule").path("spec"))
        .isEqualTo(Chart.render("everything").one("PrometheusRule").path("spec"));
  }

  @Test
  void everyResourceFileOfTheBaseIsListed() throws IOException {
    try (var files = Files.list(Kustomization.BASE)) {
      assertThat(Kustomization.file(Kustomization.BASE).path("resources"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml"))
                  .toList());
    }
  }

  /** Without what only Helm adds: its own labels and the checksum of the settings. */
  private static JsonNode plain(JsonNode spec) {
    JsonNode copy = spec.deepCopy();
    for (String name :
        new String[] {
          "app.kubernetes.io/instance",
          "app.kubernetes.io/managed-by",
          "app.kubernetes.io/version",
          "helm.sh/chart",
          "checksum/config"
        }) {
      copy.findParents(name).forEach(parent -> ((ObjectNode) parent).remove(name));
    }
    copy.findParents("annotations")
        .forEach(
            parent -> {
              if (parent.path("annotations").isEmpty()) {
                ((ObjectNode) parent).remove("annotations");
              }
            });
    return copy;
  }
}
