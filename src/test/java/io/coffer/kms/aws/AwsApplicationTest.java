package io.coffer.kms.aws;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KeyContext;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.KeyRef;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.KmsProviders;
import io.coffer.kms.aws.server.Calls;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.KmsServerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole application on AWS KMS, configured as an operator would. */
@QuarkusTest
@QuarkusTestResource(value = KmsServerResource.class, restrictToAnnotatedClass = true)
class AwsApplicationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final KeyContext CONTEXT =
      new KeyContext(UUID.randomUUID(), UUID.randomUUID(), KeyPurpose.VALUES);

  @SuppressWarnings("NullAway.Init") // the test resource sets it
  KmsServer server;

  @Inject KmsProviders providers;

  @AfterEach
  void mend() {
    server.faults().clear();
    generate().close();
  }

  @Test
  void provedItsKeyBeforeItServed() {
    assertThat(server.calls().all())
        .extracting(Calls.Call::operation)
        .startsWith("DescribeKey", "GenerateDataKey", "Decrypt", "Decrypt");
  }

  @Test
  void wrapsUnderTheKeyBehindTheAlias() {
    KeyRef key = providers.defaultKey();
    assertThat(key.keyId()).startsWith("arn:aws:kms:" + server.region()).contains(":key/");
    try (GeneratedKey made = generate()) {
      assertThat(made.wrapped().key()).isEqualTo(key);
    }
  }

  @Test
  void makesOneAttemptPerCallAndRepeatsThemItself() {
    int before = server.calls().of("GenerateDataKey").size();
    server.faults().next("GenerateDataKey", 1, Fault.error("ThrottlingException"));
    generate().close();
    assertThat(server.calls().of("GenerateDataKey"))
        .hasSize(before + 2)
        .extracting(Calls.Call::attempt)
        .containsOnly("attempt=1; max=1");
  }

  @Test
  void showsTroubleInHealthAndMetricsAndRecovers() {
    server.faults().always(Fault.error("KMSInternalException"));
    assertThatThrownBy(this::generate).isInstanceOf(KmsFailure.Unavailable.class);
    given()
        .get("/q/health/well")
        .then()
        .statusCode(503)
        .body("checks.data", hasItem(hasEntry("reason", "unavailable")));
    given().get("/q/health/live").then().statusCode(200);
    given()
        .get("/q/metrics")
        .then()
        .body(containsString("coffer_kms_up 0.0"))
        .body(containsString("outcome=\"unavailable\""))
        .body(containsString("coffer_kms_latency_seconds_bucket"));
    server.faults().clear();
    generate().close();
    given().get("/q/health/well").then().statusCode(200);
    given().get("/q/metrics").then().body(containsString("coffer_kms_up 1.0"));
  }

  private GeneratedKey generate() {
    KeyRef key = providers.defaultKey();
    return providers.of(key).generate(key, CONTEXT).await().atMost(PATIENCE);
  }
}
