package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of other products find each of their fields under its own name, secret or not. */
class FaceFieldsTest {

  private static final List<TypeDefinition> PACKS = TypePacks.load();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          basic | user snowflakeAccountName | password
          oauth | clientId oauthClientId oauthScopes | token refreshToken oauthAccessToken oauthRefreshToken clientSecret oauthClientSecret
          s3 | awsAccessKeyId | awsSecretAccessKey awsSessionToken
          gcp | | gcpKey
          azure | | azureConnectionString
          azure_service_principal | clientId azureTenantId | clientSecret
          adls_gen2_oauth | clientId oauthScopes azureTenantId | clientSecret
          azure_oauth | clientId oauthScopes azureTenantId | clientSecret
          azure_sas | | azureSasToken sasToken sasUrl
          snowflake_key_pair_user_account | user | privateKeyStr privateKey passphrase
          snowflake_oauth_user_account | clientId snowflakeAccountName oauthIssuerType oauthIssuerUrl oauthScopes | clientSecret
          databricks_access_token_account | | databricksAccessToken
          databricks_service_principal_account | clientId | clientSecret
          tableau_access_token | tokenName | personalAccessToken
          api_token | | apiToken
          bearer | | token
          rsa | | rsaPrivateKey passphrase
          client_id_and_secret | clientId | clientSecret
          box_jwt | clientId enterpriseId publicKeyId | clientSecret privateKeyStr privateKey passphrase
          sap_oauth | clientId sapAiApiUrl tokenUrl authUrl | clientSecret
          external_oauth_provider | | authenticationId oauthProviderId authorizedProviderId
          """)
  void dataRobotFindsItsFields(String type, @Nullable String plain, @Nullable String secret) {
    TypeDefinition pack = pack("datarobot", type);
    assertThat(named(pack, false)).containsExactlyElementsOf(words(plain));
    assertThat(named(pack, true)).containsExactlyElementsOf(words(secret));
  }

  private static TreeSet<String> named(TypeDefinition pack, boolean secret) {
    TreeSet<String> names = new TreeSet<>();
    pack.fields().stream()
        .filter(field -> field.secret() == secret)
        .forEach(field -> names.addAll(field.aliases().getOrDefault("datarobot", List.of())));
    return names;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password | username totp_type totp_identifier | password totp metadata | username
          credit_card | card_brand | card_number card_cvv card_exp_month card_exp_year card_holder_name billing_address billing_email billing_phone metadata | card_number card_cvv card_exp_month card_exp_year card_holder_name
          secret | secret_label | secret_value | secret_value
          """)
  void skyvernFindsItsFields(String type, String plain, String secret, String required) {
    TypeDefinition pack = pack("skyvern", type);
    assertThat(ids(pack, false)).containsExactlyElementsOf(words(plain));
    assertThat(ids(pack, true)).containsExactlyElementsOf(words(secret));
    assertThat(new TreeSet<>(pack.rules().completeness().required()))
        .containsExactlyElementsOf(words(required));
    pack.field("totp_type")
        .ifPresent(
            field ->
                assertThat(field.choices())
                    .containsExactly("authenticator", "email", "text", "passkey", "none"));
  }

  /** Without what the service writes itself. */
  private static TreeSet<String> ids(TypeDefinition pack, boolean secret) {
    TreeSet<String> ids = new TreeSet<>();
    pack.fields().stream()
        .filter(field -> field.secret() == secret && field.computed() == null)
        .forEach(field -> ids.add(field.id()));
    return ids;
  }

  private static TypeDefinition pack(String face, String name) {
    return PACKS.stream()
        .filter(pack -> pack.aliases().getOrDefault(face, List.of()).contains(name))
        .findFirst()
        .orElseThrow();
  }

  private static TreeSet<String> words(@Nullable String text) {
    return text == null || text.isBlank()
        ? new TreeSet<>()
        : new TreeSet<>(Arrays.asList(text.strip().split(" ", -1)));
  }
}
