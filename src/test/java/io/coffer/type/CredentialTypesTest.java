package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CredentialTypesTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Inject CredentialTypes types;
  @Inject TypeRows rows;
  @Inject Pool pool;

  @Test
  void knowsEveryPack() {
    assertThat(types.managed())
        .extracting(CredentialType::slug)
        .containsExactlyElementsOf(TypePacks.load().stream().map(TypeDefinition::slug).toList());
  }

  @Test
  void findsBySlugAliasAndId() {
    CredentialType aws = find("aws").orElseThrow();
    assertThat(find("s3")).contains(aws);
    assertThat(find(aws.id().toString())).contains(aws);
    assertThat(types.byId(aws.id()).await().atMost(LIMIT)).isEqualTo(aws);
    assertThat(find("no-such-type")).isEmpty();
  }

  @Test
  void givesTheManagedAwxTypesTheirNumbers() {
    for (CredentialType type : types.managed()) {
      AwxType awx = type.definition().awx();
      if (awx == null) {
        assertThat(type.number()).isGreaterThan(30);
      } else {
        assertThat(type.number()).isEqualTo(awx.number());
      }
    }
  }

  @Test
  void leavesRowsAloneWhoseDefinitionIsUnchanged() {
    List<CredentialType> before = types.managed();
    assertThat(rows.synchronize(TypePacks.load()).await().atMost(LIMIT)).isEqualTo(before);
  }

  @Test
  void raisesTheVersionOfAChangedDefinition() {
    CredentialType before = find("openai").orElseThrow();
    pool.preparedQuery(
            "update credential_type set definition = jsonb_set(definition, '{name}', '\"Old\"')"
                + " where slug = 'openai'")
        .execute()
        .await()
        .atMost(LIMIT);
    List<CredentialType> after = rows.synchronize(TypePacks.load()).await().atMost(LIMIT);
    assertThat(after)
        .filteredOn(type -> type.slug().equals("openai"))
        .singleElement()
        .satisfies(
            type -> {
              assertThat(type.id()).isEqualTo(before.id());
              assertThat(type.definition()).isEqualTo(before.definition());
              assertThat(type.definitionVersion()).isGreaterThan(before.definitionVersion());
            });
  }

  private Optional<CredentialType> find(String name) {
    return types.find(name).await().atMost(LIMIT);
  }
}
