package io.coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.access.issuer.IdentityConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ClaimRulesTest {

  private static final Map<String, Object> ADMIN_OF_ACME =
      Map.of(
          "sub", "alice",
          "organization", List.of("acme", "globex"),
          "roles", List.of("admin", "system_admin", "unknown"));

  @Test
  void believesTheDefaultIssuerEverything() {
    Claims claims = rules("default", Map.of()).read(ADMIN_OF_ACME);
    assertThat(claims.organizations()).containsExactly("acme", "globex");
    assertThat(claims.rolesIn("acme")).containsExactlyInAnyOrder(Role.ADMIN, Role.SYSTEM_ADMIN);
    assertThat(claims.rolesIn("initech")).containsExactly(Role.SYSTEM_ADMIN);
  }

  @Test
  void believesAnotherIssuerNothing() {
    Claims claims = rules("cluster", Map.of()).read(ADMIN_OF_ACME);
    assertThat(claims.organizations()).isEmpty();
    assertThat(claims.rolesIn("acme")).isEmpty();
  }

  @Test
  void believesAnotherIssuerWhatItMaySpeakFor() {
    Claims claims =
        rules(
                "cluster",
                Map.of("speaks-for.organizations", "acme", "speaks-for.roles", "admin,use"))
            .read(ADMIN_OF_ACME);
    assertThat(claims.organizations()).containsExactly("acme");
    assertThat(claims.rolesIn("acme")).containsExactly(Role.ADMIN);
  }

  @Test
  void countsSystemAdminOnlyWhenItIsNamed() {
    Claims all = rules("cluster", Map.of("speaks-for.roles", "*")).read(ADMIN_OF_ACME);
    assertThat(all.systemAdmin()).isFalse();
    Claims named = rules("cluster", Map.of("speaks-for.system-admin", "true")).read(ADMIN_OF_ACME);
    assertThat(named.systemAdmin()).isTrue();
    Claims taken = rules("default", Map.of("speaks-for.system-admin", "false")).read(ADMIN_OF_ACME);
    assertThat(taken.systemAdmin()).isFalse();
  }

  @Test
  void takesOnlyMappedValuesOnceThereIsAMapping() {
    ClaimRules rules = rules("default", Map.of("role-mapping.\"coffer-users\"", "use"));
    Claims claims =
        rules.read(
            Map.of("sub", "a", "organization", "acme", "roles", List.of("coffer-users", "admin")));
    assertThat(claims.rolesIn("acme")).containsExactly(Role.USE);
  }

  @Test
  void readsRolesFromDeepWithinAndFromClaimsThatAreUrls() {
    ClaimRules rules =
        rules("default", Map.of("roles-claims", "realm_access/roles,https://example.org/roles"));
    Claims claims =
        rules.read(
            Map.of(
                "sub", "a",
                "organization", "acme",
                "realm_access", Map.of("roles", List.of("use")),
                "https://example.org/roles", "auditor creator"));
    assertThat(claims.rolesIn("acme"))
        .containsExactlyInAnyOrder(Role.USE, Role.AUDITOR, Role.CREATOR);
  }

  @Test
  void givesARoleOfOneOrganizationNowhereElse() {
    Claims claims =
        rules("default", Map.of())
            .read(
                Map.of(
                    "sub", "a",
                    "organization", List.of("acme", "globex"),
                    "roles", List.of("Acme:admin", "initech:admin", "acme:system_admin")));
    assertThat(claims.rolesIn("acme")).containsExactly(Role.ADMIN);
    assertThat(claims.rolesIn("globex")).isEmpty();
    assertThat(claims.rolesIn("initech")).isEmpty();
  }

  @Test
  void fallsBackToTheConfiguredOrganization() {
    ClaimRules rules = rules("cluster", Map.of("organization", "default"));
    assertThat(rules.read(Map.of("sub", "a")).organizations()).containsExactly("default");
  }

  @Test
  void dropsOrganizationsThatNoSlugCanName() {
    Claims claims =
        rules("default", Map.of())
            .read(
                Map.of("sub", "a", "organization", List.of("ACME", "a b", "../x", "", "ünïcode")));
    assertThat(claims.organizations()).containsExactly("acme");
  }

  @Test
  void putsNobodyIntoTheConfiguredOrganizationWhoseClaimNamesAnother() {
    ClaimRules rules =
        rules("default", Map.of("organization", "default", "speaks-for.organizations", "acme"));
    for (Object claim : List.of("globex", List.of("Globex Inc."), Map.of("globex", Map.of()), 7)) {
      Claims claims = rules.read(Map.of("sub", "a", "organization", claim, "roles", "admin"));
      assertThat(claims.organizations()).as("%s", claim).isEmpty();
    }
    assertThat(rules.read(Map.of("sub", "a", "organization", List.of())).organizations())
        .containsExactly("default");
  }

  @Test
  void takesNoForeignLetterForOneOfASlug() {
    // U+212A, the sign for kelvin, becomes a k in lower case.
    Claims claims =
        rules("default", Map.of())
            .read(
                Map.of(
                    "sub", "a",
                    "organization", List.of("\u212Aube", "kube"),
                    "roles", List.of("\u212Aube:admin")));
    assertThat(claims.organizations()).containsExactly("kube");
    assertThat(claims.rolesIn("kube")).isEmpty();
  }

  @Test
  void tellsPeopleAndWorkloadsApart() {
    assertThat(kind(Map.of("sub", "alice"))).isEqualTo(Actor.Kind.PERSON);
    assertThat(kind(Map.of("sub", "etl", "client_id", "etl"))).isEqualTo(Actor.Kind.WORKLOAD);
    assertThat(kind(Map.of("sub", "system:serviceaccount:data:etl")))
        .isEqualTo(Actor.Kind.WORKLOAD);
    assertThat(kind(Map.of("sub", "1", "preferred_username", "service-account-etl")))
        .isEqualTo(Actor.Kind.WORKLOAD);
  }

  @Test
  void refusesARoleThatThereIsNot() {
    assertThatThrownBy(() -> rules("default", Map.of("role-mapping.x", "owner")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'owner' is no role");
  }

  private static Actor.Kind kind(Map<String, Object> claims) {
    return rules("default", Map.of()).read(claims).profile().kind();
  }

  private static ClaimRules rules(String issuer, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    String prefix = "coffer.identity.issuers." + issuer + '.';
    properties.put(prefix + "url", "https://issuer.example.org");
    settings.forEach((name, value) -> properties.put(prefix + name, value));
    IdentityConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(IdentityConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValues(properties)
            .build()
            .getConfigMapping(IdentityConfig.class);
    return new ClaimRules(issuer, Objects.requireNonNull(config.issuers().get(issuer)), "email");
  }
}
