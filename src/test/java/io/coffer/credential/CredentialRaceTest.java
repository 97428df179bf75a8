package io.coffer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several callers change the same thing at once. */
@QuarkusTest
class CredentialRaceTest {

  private static final String KEY = "sk-proj-0123456789abcdefghijWXYZ";
  private static final int CALLERS = 8;

  private Api admin;

  @BeforeEach
  void organization() {
    admin = Api.as("alice", Api.newOrganization(), "admin");
  }

  @Test
  void oneIdempotencyKeyMakesOneCredential() throws Exception {
    Map<String, ?> body = Map.of("name", "once", "type", "openai", "value", KEY);
    List<String> ids =
        atOnce(
            _ ->
                admin
                    .request()
                    .header("Idempotency-Key", "race")
                    .body(body)
                    .post("/api/v1/credentials")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id"));
    assertThat(ids).containsOnly(ids.getFirst());
    admin.list("?total=true").body("total", is(1));
  }

  @Test
  void everyChangeThatIsAnsweredCounts() throws Exception {
    String id = admin.created("contended", KEY);
    List<Integer> statuses =
        atOnce(
            number ->
                admin
                    .patch(id, Map.of("fields", Map.of("api_key", "sk-round-0123456789-" + number)))
                    .extract()
                    .statusCode());
    int done = (int) statuses.stream().filter(status -> status == 200).count();
    assertThat(statuses).allMatch(status -> status == 200 || status == 503);
    assertThat(done).isPositive();
    admin.read(id).body("version", is(1 + done)).body("revision", is(1 + done));
    String value = admin.use(id).statusCode(200).extract().path("fields.api_key");
    assertThat(value).startsWith("sk-round-0123456789-");
  }

  @Test
  void ofManyDefaultsOneStays() throws Exception {
    List<String> made =
        IntStream.range(0, CALLERS).mapToObj(i -> admin.created("default " + i, KEY)).toList();
    List<Integer> statuses =
        atOnce(number -> admin.setDefault(made.get(number)).extract().statusCode());
    assertThat(statuses).allMatch(status -> status == 200 || status == 503);
    admin.list("?is_default=true&total=true").body("total", is(1));
  }

  @Test
  void callersThatSetTheSameDefaultsDoNotLockEachOtherOut() throws Exception {
    List<String> made =
        IntStream.range(0, 3).mapToObj(i -> admin.created("default " + i, KEY)).toList();
    for (int round = 0; round < 4; round++) {
      List<Integer> statuses =
          atOnce(number -> admin.setDefault(made.get(number % 3)).extract().statusCode());
      assertThat(statuses).allMatch(status -> status == 200 || status == 503);
    }
    admin.list("?is_default=true&total=true").body("total", is(1));
  }

  @Test
  void aNameIsGivenOnce() throws Exception {
    List<Integer> statuses =
        atOnce(
            _ ->
                admin
                    .create(Map.of("name", "same", "type", "openai", "value", KEY))
                    .extract()
                    .statusCode());
    assertThat(statuses).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
  }

  /** What one of the callers does. */
  private interface Attempt<T> {
    T by(int number);
  }

  private static <T> List<T> atOnce(Attempt<T> attempt)
      throws InterruptedException, ExecutionException {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls =
          IntStream.range(0, CALLERS)
              .mapToObj(number -> (Callable<T>) () -> attempt.by(number))
              .toList();
      List<T> results = new ArrayList<>();
      for (Future<T> result : callers.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
