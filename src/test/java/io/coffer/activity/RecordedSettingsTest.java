package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.access.issuer.IdentityConfig;
import io.coffer.web.startup.KnownKeys;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** What a chain tells of the configuration. */
class RecordedSettingsTest {

  private static final String ISSUER = "coffer.identity.issuers.main.url";

  @Test
  void namesTheSwitchesThatAreOn() {
    assertThat(settings(Map.of())).containsEntry("allowed", "none");
    assertThat(
            settings(
                Map.of(
                    "coffer.allow.http-issuer", "true",
                    "coffer.allow.local-kms", "TRUE",
                    "coffer.allow.any-origin", "false")))
        .containsEntry("allowed", "http-issuer,local-kms");
  }

  @Test
  void namesTheKeyThatWraps() {
    String arn = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd";
    assertThat(settings(Map.of("coffer.kms.provider", "aws", "coffer.kms.key-id", arn)))
        .containsEntry("kms_provider", "aws")
        .containsEntry("kms_key", arn);
  }

  @Test
  void givesADigestOfWhatAnEventCannotHold() {
    assertThat(settings(Map.of("coffer.kms.key-id", "two\nlines=1")).get("kms_key"))
        .matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void showsThatTheRulesOfIdentityChangedAndNotWhatTheyAre() {
    Map<String, String> one = settings(Map.of(ISSUER, "https://one.example"));
    Map<String, String> other = settings(Map.of(ISSUER, "https://other.example"));
    assertThat(one.get("identity_sha256")).isNotEqualTo(other.get("identity_sha256"));
    assertThat(one.toString()).doesNotContain("one.example");
  }

  @Test
  void tellsHowFarTheRecordCanBeBelieved() {
    assertThat(settings(Map.of()))
        .containsEntry("keep_months", "all")
        .containsEntry("checkpoint_interval", "PT1M")
        .containsEntry("checkpoint_log", "true");
    assertThat(settings(Map.of("coffer.activity.keep-months", "24")))
        .containsEntry("keep_months", "24");
  }

  private static Map<String, String> settings(Map<String, String> given) {
    Config config = new SmallRyeConfigBuilder().withDefaultValues(given).build();
    return RecordedSettings.of(config, ActivityTestConfig.with(given));
  }

  @Test
  void readsWhatIsSetByTheEnvironmentLikeWhatStandsInAFile() {
    Map<String, String> file =
        Map.of(
            "coffer.allow.local-kms", "true",
            "coffer.kms.provider", "aws",
            "coffer.kms.key-id", "alias/main",
            "coffer.identity.issuers.default.url", "https://one.example",
            "coffer.identity.issuers.default.max-token-age", "10m");
    Map<String, String> environment =
        Map.of(
            "COFFER_ALLOW_LOCAL_KMS", "true",
            "COFFER_KMS_PROVIDER", "aws",
            "COFFER_KMS_KEY_ID", "alias/main",
            "COFFER_IDENTITY_ISSUERS_DEFAULT_URL", "https://one.example",
            "COFFER_IDENTITY_ISSUERS_DEFAULT_MAX_TOKEN_AGE", "10m");
    Map<String, String> told = settings(mapped().withDefaultValues(file).build());
    assertThat(told).containsEntry("allowed", "local-kms").containsEntry("kms_key", "alias/main");
    assertThat(settings(mapped().withSources(new EnvConfigSource(environment, 300)).build()))
        .isEqualTo(told);
  }

  /** As the application reads its configuration, which knows the names of its settings. */
  private static SmallRyeConfigBuilder mapped() {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withMapping(IdentityConfig.class)
            .withConverter(Duration.class, 100, new DurationConverter());
    KnownKeys.mappings(RecordedSettingsTest.class.getClassLoader()).stream()
        .filter(mapping -> mapping.getSimpleName().equals("AllowConfig"))
        .forEach(builder::withMapping);
    return builder;
  }

  private static Map<String, String> settings(Config config) {
    return RecordedSettings.of(config, ActivityTestConfig.with(Map.of()));
  }
}
