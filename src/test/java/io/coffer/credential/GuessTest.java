package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may change a credential and not use it learns nothing of its secrets by trying: a right guess
 * is answered as a wrong one, and what the secrets stay for stays with them.
 */
@QuarkusTest
class GuessTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";
  private static final String OTHER = "sk-proj-other-9876543210-another";
  private static final String ACCESS = "access-token-0123456789-abcdefgh";
  private static final String REFRESH = "refresh-token-0123456789-ijklmno";

  private Api admin;
  private Api systemAdmin;

  @BeforeEach
  void callers() {
    String organization = Api.newOrganization();
    admin = Api.as("alice", organization, "admin");
    systemAdmin = Api.as("root", organization, "system_admin");
  }

  @Test
  void answersARightGuessOfTheOnlySecretAsAWrongOne() {
    for (String guess : List.of(KEY, OTHER)) {
      String id = admin.created("guessed " + guess, KEY);
      systemAdmin
          .patch(id, Map.of("fields", Map.of("api_key", guess)))
          .statusCode(200)
          .body("version", is(2))
          .body("revision", is(2));
    }
  }

  @Test
  void answersARightGuessOfOneSecretOfSeveralAsAWrongOne() {
    String id =
        created(
            "oauth",
            Map.of("access_token", ACCESS, "refresh_token", REFRESH, "client_id", "client"));
    assertThat(answers(id, "refresh_token", REFRESH))
        .isEqualTo(answers(id, "refresh_token", OTHER));
    assertThat(answers(id, "access_token", ACCESS)).isEqualTo(answers(id, "access_token", OTHER));
  }

  /** Readers see the mask of the main secret, and of that alone. */
  @Test
  void answersARightGuessOfAMaskThatIsNotShownAsAWrongOne() {
    String id =
        created(
            "aws",
            Map.of(
                "access_key_id", "AKIAIOSFODNN7EXAMPLE",
                "secret_access_key", ACCESS,
                "session_token", REFRESH));
    assertThat(answers(id, "session_token", REFRESH.substring(0, 5) + "...lmno"))
        .isEqualTo(answers(id, "session_token", OTHER.substring(0, 5) + "...ther"));
  }

  @Test
  void pointsNoKeptSecretElsewhereWithoutTheRightToUseIt() {
    String id = admin.created("pointed", KEY);
    systemAdmin
        .patch(id, Map.of("fields", Map.of("base_url", "https://evil.example.org/v1")))
        .statusCode(403)
        .body("missing_role[0]", is("use"));
    systemAdmin
        .patch(
            id,
            Map.of(
                "fields",
                Map.of("base_url", "https://evil.example.org/v1", "api_key", "$encrypted$")))
        .statusCode(403);
    admin.read(id).body("version", is(1)).body("revision", is(1));
    systemAdmin
        .patch(
            id,
            Map.of("fields", Map.of("base_url", "https://good.example.org/v1", "api_key", OTHER)))
        .statusCode(200);
    systemAdmin.patch(id, Map.of("description", "metadata needs no use")).statusCode(200);
  }

  private String answers(String id, String field, String guess) {
    return systemAdmin
            .patch(id, Map.of("fields", Map.of(field, guess)))
            .extract()
            .asString()
            .replaceAll("\"request_id\":\"[^\"]*\"", "")
        + admin.read(id).extract().<Integer>path("version");
  }

  private String created(String type, Map<String, String> fields) {
    return admin
        .create(Map.of("name", "of several", "type", type, "fields", fields))
        .statusCode(201)
        .extract()
        .path("id");
  }
}
