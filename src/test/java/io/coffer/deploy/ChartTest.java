package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "production", "everything", "fixed"})
  void passesStrictLint(String values, @TempDir Path scratch) throws IOException {
    LintResult result = Chart.lint(values, scratch);

    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "production", "everything", "fixed"})
  void leavesItsRenderingsForOtherTools(String values) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "rendered"));
    Path file = folder.resolve("helm-" + values + ".yaml");

    Files.writeString(file, Chart.renderFile(Chart.valuesFile(values)));

    assertThat(file).isNotEmptyFile();
  }

  @Test
  void rendersEverythingThatAnInstallationNeeds() {
    assertThat(Chart.render("minimal").kinds())
        .containsExactly(
            "ConfigMap",
            "Deployment",
            "HorizontalPodAutoscaler",
            "NetworkPolicy",
            "PodDisruptionBudget",
            "Service",
            "ServiceAccount");
  }

  @Test
  void leavesOutWhatIsSwitchedOff() {
    Manifests fixed = Chart.render("fixed");

    assertThat(fixed.kinds()).containsExactly("ConfigMap", "Deployment", "Service");
    assertThat(fixed.one("Deployment").at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(fixed.pod().path("serviceAccountName").asText()).isEqualTo("existing");
    assertThat(fixed.settings())
        .containsEntry("COFFER_ALLOW_LOCAL_KMS", "true")
        .doesNotContainKey("COFFER_KMS_KEY_ID");
  }

  @Test
  void addsMonitoringWhenSwitchedOn() {
    Manifests everything = Chart.render("everything");

    assertThat(everything.kinds()).contains("ServiceMonitor", "PrometheusRule");
    assertThat(everything.one("ServiceMonitor").at("/spec/endpoints/0/path").asText())
        .isEqualTo("/q/metrics");
    assertThat(everything.one("ServiceMonitor").at("/metadata/labels/release").asText())
        .isEqualTo("prometheus");
    assertThat(everything.all("ConfigMap"))
        .anySatisfy(
            map -> {
              assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
              assertThat(map.at("/data/coffer.json").asText()).startsWith("{");
            });
    assertThat(everything.one("PrometheusRule").at("/spec/groups/0/rules")).isNotEmpty();
  }

  @Test
  void fixesTheImageByDigestWhenOneIsGiven() {
    assertThat(Chart.render("production").container().path("image").asText())
        .startsWith("images.example.org/coffer@sha256:");
    assertThat(Chart.render("minimal").container().path("image").asText())
        .isEqualTo("coffer:0.1.0");
  }

  @Test
  void givesTheServiceAccountTheIdentityForTheKeyManagementService() {
    JsonNode account = Chart.render("production").one("ServiceAccount");

    assertThat(account.at("/metadata/annotations").properties()).hasSize(1);
    assertThat(account.path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @Test
  void narrowsTheNetworkToTheGivenPeers() {
    JsonNode policy = Chart.render("production").one("NetworkPolicy");

    assertThat(policy.at("/spec/ingress/0/from"))
        .extracting(
            peer ->
                peer.at("/namespaceSelector/matchLabels")
                    .path("kubernetes.io/metadata.name")
                    .asText())
        .containsExactly("platform", "monitoring");
    assertThat(policy.at("/spec/egress/1/to/0/ipBlock/cidr").asText()).isEqualTo("10.20.0.0/16");
  }

  @Test
  void servesHttpsFromThePodWhenACertificateIsNamed() {
    Manifests everything = Chart.render("everything");

    assertThat(everything.settings())
        .containsEntry("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled")
        .containsEntry("QUARKUS_HTTP_SSL_PORT", "8443");
    assertThat(everything.container().at("/readinessProbe/httpGet/scheme").asText())
        .isEqualTo("HTTPS");
    assertThat(everything.one("Service").at("/spec/ports/0/targetPort").asInt()).isEqualTo(8443);
    assertThat(everything.one("NetworkPolicy").at("/spec/ingress/0/ports/0/port").asInt())
        .isEqualTo(8443);
  }

  @Test
  void makesLogInFollowThePublicAddress(@TempDir Path scratch) throws IOException {
    assertThat(Chart.render("production").settings())
        .containsEntry("COFFER_HTTP_PUBLIC_ADDRESS", "https://coffer.example.org");
    Path trial =
        Chart.overlay(
            "minimal",
            "{identity: {login: {secret: coffer-login}}, allow: {request-host: true}}",
            scratch.resolve("values.yaml"));
    assertThat(Manifests.parse(Chart.renderFile(trial)).settings())
        .containsEntry("COFFER_ALLOW_REQUEST_HOST", "true")
        .doesNotContainKey("COFFER_HTTP_PUBLIC_ADDRESS");
  }

  @Test
  void missesTheReplicasOfItsOwnNamespace() {
    String rule =
        Chart.in("team-a", "everything")
            .one("PrometheusRule")
            .at("/spec/groups/0/rules/0")
            .toString();
    assertThat(rule)
        .contains(
            "CofferDown", "absent(coffer_kms_up{namespace=\\\"team-a\\\"})", "$labels.namespace");
  }

  @Test
  void asksForWhatHasNoDefault(@TempDir Path scratch) throws IOException {
    Path nothing = Files.writeString(scratch.resolve("values.yaml"), "{}");

    assertThatThrownBy(() -> Chart.renderFile(nothing))
        .hasMessageContainingAll("/database/host", "/identity/issuer", "/kms/keyId");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/database/sslMode | {database: {sslMode: prefer}}",
        "/database/ca | {database: {ca: {configMap: ''}}}",
        "/database/port | {database: {port: 70000}}",
        "/image/digest | {image: {digest: sha256:abc}}",
        "/kms/provider | {kms: {provider: vault9}}",
        "/replicas | {replicas: 0}",
        "/publicAddress | {publicAddress: coffer.example.org}",
        "/publicAddress | {publicAddress: 'https://example.org/coffer'}",
        "/publicAddress | {identity: {login: {secret: coffer-login}}}",
        "/allow | {allow: {everything: true}}",
        "QUARKUS_DATASOURCE_PASSWORD | {config: {QUARKUS_DATASOURCE_PASSWORD: hunter2}}",
        "typo | {typo: 1}"
      })
  void refusesAWrongValueByTheSchema(String place, String values, @TempDir Path scratch)
      throws IOException {
    Path file = Chart.overlay("minimal", values, scratch.resolve("values.yaml"));

    assertThatThrownBy(() -> Chart.renderFile(file)).hasMessageContaining(place);
  }

  @Test
  void holdsTheVersionOfTheApplication() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version =
        Manifests.parse(Files.readString(Chart.FOLDER.resolve("Chart.yaml")))
            .objects()
            .getFirst()
            .path("appVersion")
            .asText();

    assertThat(pom)
        .containsAnyOf(
            List.of(
                    "<version>" + version + "-SNAPSHOT</version>",
                    "<version>" + version + "</version>")
                .toArray(String[]::new));
  }
}
