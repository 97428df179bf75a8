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

  @Test
  void believesNoRowThatTakesTheNamesOfAPack() {
    CredentialType openai = find("openai").orElseThrow();
    CredentialType aws = find("aws").orElseThrow();
    run("update credential_type set slug = 'openai-before' where slug = 'openai'");
    // As somebody would who writes the database and wants new keys stored in the clear.
    run(
        """
        insert into credential_type (id, slug, category, name, definition, managed)
        select gen_random_uuid(), 'openai', category, name,
               jsonb_set(definition, '{aliases}', '{"native": ["s3"]}'), true
          from credential_type where slug = 'openai-before'
        """);
    try {
      TypeIndex index = TypeIndex.of(rows.synchronize(TypePacks.load()).await().atMost(LIMIT));
      assertThat(index.find("openai")).map(CredentialType::id).contains(openai.id());
      assertThat(index.find("openai")).map(CredentialType::slug).contains("openai");
      assertThat(index.find("s3")).map(CredentialType::id).contains(aws.id());
      assertThat(index.find("openai-before")).isEmpty();
    } finally {
      run("delete from credential_type where slug = 'openai'");
      run("update credential_type set slug = 'openai' where slug = 'openai-before'");
    }
  }

  @Test
  void givesARowWithoutAPackNoNameButItsOwn() {
    CredentialType aws = find("aws").orElseThrow();
    run(
        """
        insert into credential_type (id, slug, category, name, definition, managed)
        select gen_random_uuid(), 'of-another-release', category, name,
               jsonb_set(definition, '{aliases}', '{"native": ["s3"]}'), true
          from credential_type where slug = 'openai'
        """);
    try {
      TypeIndex index = TypeIndex.of(rows.synchronize(TypePacks.load()).await().atMost(LIMIT));
      assertThat(index.find("of-another-release")).isPresent();
      assertThat(index.find("s3")).map(CredentialType::id).contains(aws.id());
      assertThat(index.findIn("native", "s3")).map(CredentialType::id).contains(aws.id());
    } finally {
      run("delete from credential_type where slug = 'of-another-release'");
    }
  }

  private void run(String sql) {
    pool.query(sql).executeAndAwait();
  }

  private Optional<CredentialType> find(String name) {
    return types.find(name).await().atMost(LIMIT);
  }
}
