package io.coffer.web.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Starts the packaged application as an operator would, with settings from the environment. */
class UnsafeStartIT {

  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Path APPLICATION = Path.of("target", "quarkus-app", "quarkus-run.jar");

  @Test
  void thePackagedApplicationNamesEveryUnsafeSettingAndEnds() throws Exception {
    Run run =
        start(
            Map.of(
                "COFFER_KMS_PROVIDER", "local",
                "COFFER_KMS_KYE_ID", "x",
                "COFFER_IDENTITY_ISSUERS_DEFAULT_URL", "http://id.example.org/realms/coffer",
                "QUARKUS_HTTP_CORS_ORIGINS", "*",
                "QUARKUS_DATASOURCE_USERNAME", "marker-user",
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://db.example.org/coffer",
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db.example.org/coffer"));

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.output())
        .contains(
            "does not start with this configuration",
            "coffer.allow.local-kms=true",
            "coffer.allow.http-issuer=true",
            "coffer.allow.any-origin=true",
            "coffer.allow.plain-database=true",
            "COFFER_KMS_KYE_ID: there is no such setting")
        .doesNotContain("marker-user");
  }

  @Test
  void anotherProfileDoesNotEscapeTheChecks() throws Exception {
    Run run = start(Map.of("QUARKUS_PROFILE", "staging", "COFFER_KMS_PROVIDER", "local"));

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.output())
        .contains(
            "coffer.allow.local-kms=true",
            "quarkus.datasource.jdbc.url: no database is named",
            "coffer.identity.issuers.default.url: no issuer of access tokens is named");
  }

  private record Run(int exitCode, String output) {}

  private static Run start(Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(JAVA.toString(), "-Xmx256m", "-jar", APPLICATION.toString());
    builder.environment().keySet().removeIf(name -> name.matches("(COFFER|QUARKUS|AWS)_.*"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends by itself").isTrue();
      return new Run(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
