package io.coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.credential.Api;
import io.coffer.probe.ProbeApi;
import io.coffer.probe.Provider;
import io.coffer.probe.Provider.Says;
import io.coffer.testing.Parallel;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** A thousand credentials at a provider that takes its time. */
@QuarkusTest
@TestProfile(BatchThroughputTest.Wide.class)
class BatchThroughputTest {

  private static final Logger LOG = Logger.getLogger(BatchThroughputTest.class);
  private static final int CREDENTIALS = 1000;
  private static final int PER_HOST = 32;

  /** The calls alone take 9.4 s; the rest is for a machine that has other things to do. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** With wide limits. */
  public static class Wide implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "coffer.probes.per-host", String.valueOf(PER_HOST),
          "coffer.probes.per-organization", "64",
          "coffer.probes.at-once", "64");
    }
  }

  @Test
  void keepsTheProviderBusyAndNoBusierThanItMay() {
    Api admin = Api.as("admin", Api.newOrganization(), "admin");
    try (Provider provider = new Provider()) {
      ProbeApi api = new ProbeApi(admin, provider);
      Parallel.forEach(
          16,
          IntStream.range(0, CREDENTIALS).boxed().toList(),
          _ -> {
            String key = ProbeApi.newKey();
            provider.says(key, Says.YES);
            api.created(key);
          });
      provider.takes(Duration.ofMillis(300));
      String path =
          "/api/v1/validations/"
              + admin.request().post("/api/v1/validations").then().extract().path("id");
      Provider.await("the end", () -> state(admin, path).getString("finished_at") != null);
      JsonPath end = state(admin, path);
      Duration took =
          Duration.between(
              Instant.parse(end.getString("created_at")),
              Instant.parse(end.getString("finished_at")));
      LOG.infof("%d checks took %s, %d at a time", CREDENTIALS, took, provider.most());
      assertThat(end.getInt("valid")).isEqualTo(CREDENTIALS);
      assertThat(provider.most()).isEqualTo(PER_HOST);
      assertThat(took).isLessThan(LIMIT);
    }
  }

  private static JsonPath state(Api admin, String path) {
    return admin.request().get(path).then().statusCode(200).extract().jsonPath();
  }
}
