package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.web.startup.KnownKeys;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every setting that the manifests make is one that the application reads at run time. */
class RenderedSettingsTest {

  private static final ClassLoader LOADER = RenderedSettingsTest.class.getClassLoader();
  private static final KnownKeys COFFER = KnownKeys.of(LOADER);
  private static final KnownKeys QUARKUS = new KnownKeys(quarkusNames());

  /** Read by the JVM and by the AWS SDK, not by us. */
  private static final Set<String> FOREIGN =
      Set.of("JDK_JAVA_OPTIONS", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "production", "everything", "fixed"})
  void theChartSetsOnlyWhatTheApplicationReads(String values) {
    assertThat(unknown(Chart.render(values).settings().keySet())).isEmpty();
  }

  @Test
  void theOverlaySetsOnlyWhatTheApplicationReads() throws IOException {
    assertThat(unknown(Kustomization.productionSettings().keySet())).isEmpty();
  }

  @Test
  void noticesASettingThatNobodyReads() {
    assertThat(unknown(Set.of("COFFER_KMS_KYE", "QUARKUS_OIDC_ISSUER_ADDRESS", "OTHER")))
        .containsExactlyInAnyOrder("COFFER_KMS_KYE", "QUARKUS_OIDC_ISSUER_ADDRESS", "OTHER");
  }

  private static List<String> unknown(Set<String> settings) {
    return settings.stream()
        .filter(name -> !FOREIGN.contains(name))
        .filter(name -> !COFFER.contains(name) && !QUARKUS.contains(name))
        .toList();
  }

  /** The run-time settings of all extensions in the class path, by their configuration classes. */
  private static Set<String> quarkusNames() {
    Set<String> names = new TreeSet<>();
    try {
      for (URL list : Collections.list(LOADER.getResources("META-INF/quarkus-config-roots.list"))) {
        try (var in = list.openStream();
            Stream<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()) {
          lines.forEach(root -> addNames(root, names));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static void addNames(String root, Set<String> names) {
    Class<?> type;
    try {
      type = Class.forName(root, false, LOADER);
    } catch (ClassNotFoundException | NoClassDefFoundError buildTimeOnly) {
      return;
    }
    ConfigRoot phase = type.getAnnotation(ConfigRoot.class);
    if (phase == null
        || phase.phase() != ConfigPhase.RUN_TIME
        || !type.isAnnotationPresent(ConfigMapping.class)) {
      return;
    }
    for (String name : ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet()) {
      names.add(name);
      // The nameless entry of a map, for example the default data source.
      names.add(name.replace(".*", ""));
    }
  }
}
