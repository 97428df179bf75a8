package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names that callers may use for a type lead to one type each. */
class TypeNamesTest {

  private static final List<TypeDefinition> PACKS = TypePacks.load();

  @Test
  void nativeNamesAreUnique() {
    List<String> names = new ArrayList<>();
    for (TypeDefinition pack : PACKS) {
      names.add(pack.slug());
      names.addAll(pack.aliases().getOrDefault("native", List.of()));
    }
    assertThat(names).doesNotHaveDuplicates().contains("s3", "aws");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          llm | openai anthropic gemini deepseek fireworks xai openrouter together_ai mistral cohere groq perplexity azure_openai
          speech | elevenlabs deepgram openai_audio
          image | fal replicate stability openai_image
          video | runway pika luma
          data_warehouse | postgresql mysql bigquery snowflake redshift mssql clickhouse static_file databricks oracle
          data_warehouse | snowflake_key_pair_user_account databricks_access_token_account databricks_service_principal_account
          tools | api_key oauth database smtp
          cloud | aws s3 azure_service_principal adls_gen2_oauth gcp
          login | basic password credit_card secret
          """)
  void knowsEveryTypeThatItsUsersCameFor(String category, String names) {
    for (String name : names.split(" ", -1)) {
      assertThat(PACKS)
          .filteredOn(
              pack ->
                  pack.slug().equals(name)
                      || pack.aliases().getOrDefault("native", List.of()).contains(name))
          .as(name)
          .singleElement()
          .extracting(pack -> pack.category().code())
          .isEqualTo(category);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"datarobot", "promptrails", "skyvern"})
  void namesOnAFaceAreUnique(String face) {
    assertThat(named(face)).doesNotHaveDuplicates().isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"datarobot", "skyvern", "awx"})
  void fieldNamesOnAFaceAreUniqueWithinAType(String face) {
    for (TypeDefinition pack : PACKS) {
      assertThat(pack.fields().stream().flatMap(field -> field.namesIn(face).stream()))
          .as(pack.slug())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void dataRobotHasItsTypes() {
    assertThat(named("datarobot"))
        .containsExactlyInAnyOrder(
            "adls_gen2_oauth",
            "api_token",
            "azure",
            "azure_oauth",
            "azure_sas",
            "azure_service_principal",
            "basic",
            "bearer",
            "box_jwt",
            "client_id_and_secret",
            "databricks_access_token_account",
            "databricks_service_principal_account",
            "external_oauth_provider",
            "gcp",
            "oauth",
            "rsa",
            "s3",
            "sap_oauth",
            "snowflake_key_pair_user_account",
            "snowflake_oauth_user_account",
            "tableau_access_token");
  }

  @Test
  void skyvernHasItsTypes() {
    assertThat(named("skyvern")).containsExactlyInAnyOrder("password", "credit_card", "secret");
  }

  @Test
  void awxHasItsThirtyTypes() {
    List<AwxType> types = PACKS.stream().flatMap(pack -> Stream.ofNullable(pack.awx())).toList();
    assertThat(types)
        .extracting(AwxType::number)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
    assertThat(types).extracting(AwxType::namespace).doesNotHaveDuplicates();
    assertThat(types).extracting(type -> type.kind() + '/' + type.name()).doesNotHaveDuplicates();
  }

  private static List<String> named(String face) {
    return PACKS.stream()
        .flatMap(pack -> pack.aliases().getOrDefault(face, List.of()).stream())
        .toList();
  }
}
