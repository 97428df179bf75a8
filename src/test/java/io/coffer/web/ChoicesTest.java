package io.coffer.web;

import static org.hamcrest.Matchers.containsString;

import io.coffer.access.Someone;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever names what there is not is told what there is. */
@QuarkusTest
class ChoicesTest {

  private String organization = "";
  private Someone admin = Someone.systemAdmin();

  @BeforeEach
  void makeOrganization() {
    organization = Someone.newOrganization();
    admin = Someone.in(organization, "admin");
  }

  @Test
  void ofParameters() {
    told(admin.get("/credentials/resolve?typ=openai"), 400, "there are type");
    told(admin.get("/me?x=1"), 400, "there are none");
  }

  @Test
  void ofFiltersAndLookups() {
    told(admin.get("/credentials?nam=x"), 400, "is_valid, last_used_at");
    told(admin.get("/credentials?is_valid__gt=true"), 400, "it knows exact");
  }

  @Test
  void ofMembersOfBodies() {
    told(admin.post("/teams", Map.of("nam", "x")), 422, "description, name");
  }

  @Test
  void ofRolesAndTypes() {
    String member = "/organizations/" + organization + "/members/" + admin.id();
    told(admin.put(member, Map.of("roles", List.of("owner"))), 422, "creator, auditor");
    told(
        admin.get("/organizations/" + organization + "/members?role=owner"),
        400,
        "creator, auditor");
    told(admin.post("/use", Map.of("type", "open_ai")), 422, "GET /api/v1/credential-types");
  }

  @Test
  void ofKeyProviders() {
    told(
        Someone.systemAdmin()
            .patch(
                "/organizations/" + organization,
                Map.of("kek", Map.of("provider", "vault", "key_id", "x"))),
        422,
        "configured: local");
  }

  private static void told(ValidatableResponse answer, int status, String choices) {
    answer.statusCode(status).body("errors.message.join(' ')", containsString(choices));
  }
}
