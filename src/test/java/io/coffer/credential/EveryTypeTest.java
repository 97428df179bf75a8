package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.type.TypeSample;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in type through its whole life over HTTP, with realistic values. */
@QuarkusTest
class EveryTypeTest {

  private static String organization = "";

  @BeforeAll
  static void oneOrganization() {
    organization = Api.newOrganization();
  }

  static List<String> slugs() {
    return TypeSample.slugs();
  }

  @ParameterizedTest
  @MethodSource("slugs")
  void livesThroughTheApi(String slug) {
    Api admin = Api.as("alice", organization, "admin");
    TypeSample sample = TypeSample.of(slug);
    int number = 0;
    for (TypeSample.Valid valid : sample.valid()) {
      Map<String, JsonNode> fields = valid.fields();
      String name = slug + " " + number++;
      String id =
          admin
              .create(Map.of("name", name, "type", slug, "fields", fields))
              .statusCode(201)
              .body("type", is(slug))
              .extract()
              .path("id");
      admin.list("?type=" + slug).body("items.id", hasItem(id));
      Map<String, Object> used = admin.use(id).statusCode(200).extract().path("fields");
      assertThat(used.keySet()).containsAll(fields.keySet());
      admin.delete(id).statusCode(200);
      admin.read(id).statusCode(404);
    }
  }
}
