package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rendering promises, whatever the values. */
class PodSecurityTest {

  /** What the restricted profile lets a pod mount. */
  private static final Set<String> ALLOWED_VOLUMES =
      Set.of("configMap", "csi", "downwardAPI", "emptyDir", "projected", "secret");

  static Stream<Manifests> renderings() throws IOException {
    return Stream.of(
        Chart.render("minimal"),
        Chart.render("production"),
        Chart.render("everything"),
        Chart.render("fixed"),
        Kustomization.resources(Kustomization.BASE));
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void keepsToTheRestrictedPodProfile(Manifests manifests) {
    JsonNode pod = manifests.pod();
    JsonNode container = manifests.container().path("securityContext");

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asLong()).isGreaterThan(0);
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.path("privileged").asBoolean(true)).isFalse();
    assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/capabilities/drop"))
        .extracting(JsonNode::asText)
        .containsExactly("ALL");
    assertThat(container.at("/capabilities").has("add")).isFalse();
    assertThat(pod.path("containers")).hasSize(1);
    assertThat(pod.has("initContainers")).isFalse();
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      assertThat(pod.path(host).asBoolean()).as(host).isFalse();
    }
    assertThat(manifests.container().at("/ports/0").has("hostPort")).isFalse();
    for (JsonNode volume : pod.path("volumes")) {
      volume
          .fieldNames()
          .forEachRemaining(
              field ->
                  assertThat(field)
                      .isIn(Stream.concat(Stream.of("name"), ALLOWED_VOLUMES.stream()).toList()));
    }
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void asksTheThreeHealthPaths(Manifests manifests) {
    JsonNode container = manifests.container();

    assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
    assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
    assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/port"))
          .isEqualTo(container.at("/ports/0/containerPort"));
    }
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void leavesNoGapWhileItIsRolledOut(Manifests manifests) {
    JsonNode spec = manifests.one("Deployment").path("spec");
    int delay = seconds(manifests, "QUARKUS_SHUTDOWN_DELAY", 10);
    int timeout = seconds(manifests, "QUARKUS_SHUTDOWN_TIMEOUT", 20);

    assertThat(spec.at("/strategy/rollingUpdate/maxUnavailable").asInt(-1)).isZero();
    assertThat(manifests.pod().path("terminationGracePeriodSeconds").asInt())
        .isGreaterThan(delay + timeout);
    assertThat(manifests.pod().path("topologySpreadConstraints")).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void holdsNoSecretOnlyReferences(Manifests manifests) {
    assertThat(manifests.kinds()).doesNotContain("Secret");
    manifests
        .settings()
        .forEach(
            (name, value) -> {
              if (name.matches(".*(PASSWORD|SECRET|ACCESS_KEY|COOKIE_KEY).*")
                  || name.endsWith("USERNAME")) {
                assertThat(value).as(name).startsWith("secret ");
              } else {
                assertThat(value).as(name).doesNotStartWith("secret ");
              }
            });
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void keepsTheClustersTokenAndServiceLinksOut(Manifests manifests) {
    assertThat(manifests.pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(manifests.pod().path("enableServiceLinks").asBoolean(true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("renderings")
  void boundsMemoryAndAsksForWhatItNeeds(Manifests manifests) {
    JsonNode resources = manifests.container().path("resources");

    assertThat(resources.at("/requests/cpu").asText()).isNotEmpty();
    assertThat(resources.at("/limits/memory")).isEqualTo(resources.at("/requests/memory"));
  }

  private static int seconds(Manifests manifests, String setting, int fallback) {
    String value = manifests.settings().getOrDefault(setting, fallback + "s");
    return Integer.parseInt(value.replace("s", ""));
  }
}
