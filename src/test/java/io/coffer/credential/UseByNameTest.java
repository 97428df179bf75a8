package io.coffer.credential;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A name is looked up by the rule that keeps it unique. */
@QuarkusTest
class UseByNameTest {

  @Inject Pool pool;

  private Api admin;

  @BeforeEach
  void callers() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void findsANameOfTheNativeApiInWhateverCase() {
    String id = admin.created("Production", "sk-one-0123456789abcdef");
    for (String name : new String[] {"Production", "production", "PRODUCTION"}) {
      use(name).statusCode(200).body("id", equalTo(id));
    }
    use("production ").statusCode(404);
  }

  @Test
  void findsANameWhoseCaseCountsOnlyAsItIs() {
    String exact = admin.created("first", "sk-one-0123456789abcdef");
    rename(exact, "PROD");
    use("prod").statusCode(404);
    use("PROD").statusCode(200).body("id", equalTo(exact));
  }

  @Test
  void prefersWhatHasJustThisName() {
    String exact = admin.created("first", "sk-one-0123456789abcdef");
    rename(exact, "PROD");
    String other = admin.created("prod", "sk-two-0123456789abcdef");
    use("PROD").statusCode(200).body("id", equalTo(exact));
    use("prod").statusCode(200).body("id", equalTo(other));
    use("Prod").statusCode(200).body("id", equalTo(other));
  }

  @Test
  void tellsSeveralOfOneNameApart() {
    for (int i = 0; i < 2; i++) {
      rename(admin.created("made " + i, "sk-one-0123456789abcdef"), "same");
    }
    use("same").statusCode(409).body("credentials", hasSize(2));
  }

  private ValidatableResponse use(String name) {
    return admin.request().body(Map.of("type", "openai", "name", name)).post("/api/v1/use").then();
  }

  /** As an API does whose names differ by case, or need not differ. */
  private void rename(String id, String name) {
    pool.preparedQuery("update credential set name = $2, name_key = null where id = $1")
        .executeAndAwait(Tuple.of(UUID.fromString(id), name));
  }
}
