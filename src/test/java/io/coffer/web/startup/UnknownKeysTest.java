package io.coffer.web.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

  private static final KnownKeys KNOWN =
      new KnownKeys(
          Set.of(
              "coffer.kms.key-id",
              "coffer.kms.organization-keys.*",
              "coffer.issuers.*.audience",
              "coffer.roles[*]"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coffer.kms.key-id",
        "COFFER_KMS_KEY_ID",
        "coffer.kms.organization-keys.acme",
        "coffer.kms.organization-keys.\"a.b\"",
        "COFFER_KMS_ORGANIZATION_KEYS_ACME",
        "coffer.issuers.cluster.audience",
        "COFFER_ISSUERS__MY_CLUSTER__AUDIENCE",
        "coffer.roles",
        "coffer.roles[0]",
        "COFFER_ROLES_0_",
        "quarkus.anything",
        "PATH"
      })
  void acceptsAKnownOrForeignKey(String name) {
    assertThat(UnknownKeys.find(UnsafeSettingsTest.settings(Map.of(name, "x")), KNOWN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "coffer.kms.key-idd",
        "coffer.kms.keyid",
        "COFFER_KMS_KEYID",
        "coffer.kms",
        "coffer.kms.organization-keys.a.b",
        "coffer.issuers.cluster.audiences",
        "coffer.roles[x]",
        "COFFER_PORT"
      })
  void refusesAnUnknownKeyByName(String name) {
    assertThat(UnknownKeys.find(UnsafeSettingsTest.settings(Map.of(name, "x")), KNOWN))
        .singleElement()
        .satisfies(finding -> assertThat(finding.line()).startsWith(name + ": there is no such"));
  }

  @Test
  void knowsTheKeysOfTheApplicationsMappings() {
    KnownKeys known = KnownKeys.of(UnknownKeysTest.class.getClassLoader());

    assertThat(known.names()).contains("coffer.allow.local-kms");
    assertThat(known.contains("COFFER_ALLOW_LOCAL_KMS")).isTrue();
  }
}
