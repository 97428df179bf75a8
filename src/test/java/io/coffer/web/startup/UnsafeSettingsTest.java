package io.coffer.web.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsafeSettingsTest {

  private static final Map<String, String> SAFE =
      Map.of(
          "coffer.kms.provider", "aws",
          "coffer.kms.key-id", "arn:aws:kms:eu-central-1:111122223333:key/example",
          "coffer.identity.issuers.default.url", "https://id.example.org/realms/coffer",
          "quarkus.http.cors.origins", "https://app.example.org",
          "quarkus.datasource.reactive.url",
              "postgresql://db.example.org:5432/coffer?sslmode=verify-full",
          "quarkus.datasource.jdbc.url",
              "jdbc:postgresql://db.example.org:5432/coffer?sslmode=verify-full");

  @Test
  void letsSafeSettingsPass() {
    assertThat(UnsafeSettings.find(settings(SAFE))).isEmpty();
    assertThat(MissingSettings.find(settings(SAFE))).isEmpty();
  }

  @Test
  void namesEverythingThatIsMissing() {
    Map<String, String> little = new HashMap<>(SAFE);
    little.keySet().removeIf(name -> name.contains("datasource") || name.contains("issuers"));
    little.put("coffer.identity.issuers.default.jwks-url", "https://id.example.org/keys");

    assertThat(MissingSettings.find(settings(little)))
        .extracting(Finding::property)
        .containsExactlyInAnyOrder(
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.reactive.url",
            "coffer.identity.issuers.default.url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "coffer.kms.provider | local | coffer.allow.local-kms",
        "coffer.kms.key-id | '' | coffer.allow.missing-kms-key",
        "quarkus.kms.endpoint-override | http://kms.example.org | coffer.allow.http-kms",
        "AWS_ENDPOINT_URL_KMS | http://10.0.0.7:4566 | coffer.allow.http-kms",
        "AWS_ENDPOINT_URL | HTTP://localhost:4566 | coffer.allow.http-kms",
        "quarkus.oidc.auth-server-url | http://id.example.org | coffer.allow.http-issuer",
        "quarkus.oidc.cluster.auth-server-url | http://issuer | coffer.allow.http-issuer",
        "QUARKUS_OIDC_CLUSTER_AUTH_SERVER_URL | http://issuer | coffer.allow.http-issuer",
        "coffer.identity.issuers.default.url | http://issuer | coffer.allow.http-issuer",
        "COFFER_IDENTITY_ISSUERS_CLUSTER_JWKS_URL | http://issuer | coffer.allow.http-issuer",
        "coffer.identity.issuers.a.jwks-url | http://issuer/keys | coffer.allow.http-issuer",
        "COFFER_IDENTITY_ISSUERS_A_URL | http://issuer | coffer.allow.http-issuer",
        "coffer.identity.issuers.a.allow-missing-audience | true | coffer.allow.any-audience",
        "quarkus.http.cors.origins | * | coffer.allow.any-origin",
        "quarkus.http.cors.origins | https://a.example.org, * | coffer.allow.any-origin",
        "quarkus.http.cors.origins | /https://.*/ | coffer.allow.any-origin",
        "coffer.http.public-address | http://coffer.example.org | coffer.allow.http-address",
        "quarkus.datasource.reactive.trust-all | true | coffer.allow.unchecked-certificates",
        "quarkus.tls.trust-all | true | coffer.allow.unchecked-certificates",
        "quarkus.oidc.tls.verification | none | coffer.allow.unchecked-certificates"
      })
  void refusesAnUnsafeSettingUnlessItsOwnSwitchAllowsIt(
      String property, String value, String allow) {
    Map<String, String> unsafe = new HashMap<>(SAFE);
    unsafe.put(property, value);

    assertThat(UnsafeSettings.find(settings(unsafe)))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.property()).isEqualTo(property);
              assertThat(finding.allow()).isEqualTo(allow);
              assertThat(finding.line()).contains(property, finding.mend(), allow + "=true");
            });

    unsafe.put(allow, "true");
    assertThat(UnsafeSettings.find(settings(unsafe))).isEmpty();
  }

  @Test
  void refusesLogInWithoutAPublicAddress() {
    Map<String, String> login = new HashMap<>(SAFE);
    login.put("coffer.login.enabled", "true");
    assertThat(UnsafeSettings.find(settings(login)))
        .singleElement()
        .extracting(Finding::property, Finding::allow)
        .containsExactly("coffer.http.public-address", "coffer.allow.request-host");

    login.put("coffer.http.public-address", "https://coffer.example.org");
    assertThat(UnsafeSettings.find(settings(login))).isEmpty();

    login.remove("coffer.http.public-address");
    login.put("coffer.allow.request-host", "true");
    assertThat(UnsafeSettings.find(settings(login))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db.example.org/coffer",
        "postgresql://db.example.org/coffer?sslmode=disable",
        "postgresql://db.example.org/coffer?sslmode=prefer",
        "postgresql://user@db.example.org:5433/coffer?sslmode=allow",
        "postgresql://localhost:5432,db.example.org:5432/coffer",
        "postgresql://[2001:db8::5]:5432/coffer",
        "postgresql://localhost/coffer?host=db.example.org"
      })
  void refusesARemoteDatabaseWithoutTls(String url) {
    for (String property : Set.of("reactive.url", "jdbc.url")) {
      Map<String, String> unsafe = new HashMap<>(SAFE);
      unsafe.put("quarkus.datasource." + property, property.startsWith("j") ? "jdbc:" + url : url);

      assertThat(UnsafeSettings.find(settings(unsafe)))
          .extracting(Finding::property, Finding::allow)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "quarkus.datasource." + property, "coffer.allow.plain-database"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://localhost/coffer",
        "postgresql://127.0.0.1:5432/coffer",
        "postgresql://[::1]:5432/coffer",
        "postgresql:///coffer",
        "postgresql://db.example.org/coffer?sslmode=require",
        "postgresql://db.example.org/coffer?sslmode=verify-ca"
      })
  void acceptsADatabaseOnThisMachineOrWithTls(String url) {
    Map<String, String> safe = new HashMap<>(SAFE);
    safe.put("quarkus.datasource.reactive.url", url);
    safe.put("quarkus.datasource.jdbc.url", "jdbc:" + url);

    assertThat(UnsafeSettings.find(settings(safe))).isEmpty();
  }

  @Test
  void acceptsTheReactiveClientsOwnSettingForTls() {
    Map<String, String> safe = new HashMap<>(SAFE);
    safe.put("quarkus.datasource.reactive.url", "postgresql://db.example.org/coffer");
    safe.put("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full");

    assertThat(UnsafeSettings.find(settings(safe))).isEmpty();
  }

  @Test
  void acceptsAPatternThatOnlyFitsTheOwnersOrigins() {
    Map<String, String> safe = new HashMap<>(SAFE);
    safe.put("quarkus.http.cors.origins", "/https://[a-z]+\\.example\\.org/");

    assertThat(UnsafeSettings.find(settings(safe))).isEmpty();
  }

  @Test
  void reportsAllFindingsAtOnceAndRepeatsNoValue() {
    Map<String, String> unsafe = new HashMap<>(SAFE);
    unsafe.put("coffer.kms.provider", "local");
    unsafe.put("coffer.identity.issuers.default.url", "http://marker-issuer");
    unsafe.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://db/x?password=marker-password");
    unsafe.put("coffer.kms.kye-id", "marker-key");

    assertThatThrownBy(
            () ->
                StartupCheck.check(
                    settings(unsafe),
                    new KnownKeys(
                        Set.of(
                            "coffer.kms.key-id",
                            "coffer.kms.provider",
                            "coffer.identity.issuers.*.url"))))
        .isInstanceOf(UnsafeSetupException.class)
        .hasMessageContainingAll(
            "coffer.kms.provider",
            "coffer.identity.issuers.default.url",
            "quarkus.datasource.jdbc.url",
            "coffer.kms.kye-id: there is no such setting")
        .message()
        .doesNotContain("marker");
  }

  static Settings settings(Map<String, String> values) {
    return new Settings() {
      @Override
      public Optional<String> find(String property) {
        return Optional.ofNullable(values.get(property)).filter(value -> !value.isBlank());
      }

      @Override
      public Set<String> names() {
        return new TreeSet<>(values.keySet());
      }
    };
  }
}
