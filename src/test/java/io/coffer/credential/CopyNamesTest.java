package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CopyNamesTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";

  private static final int COPIES = 40;

  private Api admin;

  @BeforeEach
  void caller() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void givesEveryCopyANameThatIsFree() {
    String id = admin.created("main", KEY);
    String first =
        admin
            .copy(id, Map.of())
            .statusCode(201)
            .body("name", is("main (copy)"))
            .extract()
            .path("id");
    admin.copy(id, Map.of()).statusCode(201).body("name", is("main (copy 2)"));
    admin.copy(first, Map.of()).statusCode(201).body("name", is("main (copy 3)"));
    admin.delete(first).statusCode(200);
    admin.copy(id, Map.of()).statusCode(201).body("name", is("main (copy)"));
  }

  @Test
  void leavesANameThatTheCallerGaveAlone() {
    String id = admin.created("main", KEY);
    admin.copy(id, Map.of("name", "other")).statusCode(201);
    admin
        .copy(id, Map.of("name", "other"))
        .statusCode(409)
        .body("type", is("urn:coffer:problem:name-taken"));
  }

  @Test
  void keepsToTheLimitOfNames() {
    String id = admin.created("n".repeat(512), KEY);
    admin.copy(id, Map.of()).statusCode(201).body("name.length()", is(512));
    admin.copy(id, Map.of()).statusCode(201).body("name.length()", is(512));
  }

  @Test
  void findsANameWhenAllThatAreCountedAreTaken() {
    String id = admin.created("main", KEY);
    admin.created("main (copy)", KEY);
    IntStream.rangeClosed(2, 100).forEach(n -> admin.created("main (copy " + n + ")", KEY));
    String copy = admin.copy(id, Map.of()).statusCode(201).extract().path("id");
    String name = admin.read(copy).extract().path("name");
    assertThat(name).isEqualTo("main (copy " + copy.substring(24) + ")");
    String another = admin.copy(copy, Map.of()).statusCode(201).extract().path("name");
    assertThat(another).matches("main \\(copy [0-9a-f]{12}\\)").isNotEqualTo(name);
  }

  @Test
  void copiesMadeAtOnceGetNamesOfTheirOwn() throws Exception {
    String id = admin.created("main", KEY);
    Callable<Integer> copy = () -> admin.copy(id, Map.of()).extract().statusCode();
    try (ExecutorService threads = Executors.newFixedThreadPool(COPIES)) {
      List<Future<Integer>> made =
          threads.invokeAll(IntStream.range(0, COPIES).mapToObj(_ -> copy).toList());
      for (Future<Integer> one : made) {
        assertThat(one.get()).isEqualTo(201);
      }
    }
    admin.list("?name__startswith=main%20(copy").body("items.size()", is(COPIES));
  }
}
