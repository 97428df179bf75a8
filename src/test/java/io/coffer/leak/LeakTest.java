package io.coffer.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.kms.KeyContext;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.KeyRef;
import io.coffer.kms.KmsProviders;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.KmsServerResource;
import io.coffer.secret.SecretValue;
import io.coffer.testing.TestTokens;
import io.coffer.type.TypeDefinition;
import io.coffer.type.TypePacks;
import io.coffer.web.GeneralProblems;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plants secrets, does everything with them that a client can do and that can go wrong, and
 * searches for them wherever they may not be. What all tests left behind is searched last.
 */
@QuarkusTest
@TestProfile(LeakProfile.class)
@QuarkusTestResource(value = KmsServerResource.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeakTest {

  private static final String CREDENTIALS = "/api/v1/credentials";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LAST = Integer.MAX_VALUE;

  private final Needles needles = new Needles();
  private final Findings findings = new Findings(needles);
  private final PlantedFields plants = new PlantedFields(needles);

  @SuppressWarnings("NullAway.Init") // the test resource sets it
  KmsServer server;

  @SuppressWarnings("NullAway.Init") // set by the framework
  @TestHTTPResource
  URI base;

  @Inject Pool pool;
  @Inject KmsProviders providers;
  @Inject Vertx vertx;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private CapturedLogs logs;

  @SuppressWarnings("NullAway.Init") // set before each test
  private LeakClient client;

  private @Nullable TypeLives lives;

  @BeforeAll
  void listen() {
    needles.plant("the secret key at the provider", KmsServer.SECRET_KEY);
    logs = CapturedLogs.into(findings);
  }

  @AfterAll
  void listenNoMore() {
    if (lives != null) {
      lives.close();
    }
    logs.close();
  }

  @BeforeEach
  void caller() {
    client = inNewOrganization("admin");
  }

  @AfterEach
  void nothingLeaked() {
    server.faults().clear();
    assertThat(findings.take()).isEmpty();
  }

  static List<TypeDefinition> packs() {
    return TypePacks.load();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packs")
  void keepsTheSecretsOfEveryType(TypeDefinition pack) throws InterruptedException {
    if (lives == null) {
      lives = new TypeLives(packs(), () -> inNewOrganization("admin"), plants);
    }
    lives.await(pack);
  }

  @Test
  void keepsSecretsInRequestsThatCannotBeRead() {
    new UnreadableRequests(client, plants).send(created());
  }

  @Test
  void keepsSecretsFromCallersWithoutTheRole() {
    String organization = "org-" + UUID.randomUUID();
    String id = created(caller(organization, "admin"), "openai key");
    for (String role : List.of("read", "creator", "none")) {
      LeakClient other = caller(organization, role);
      other.get(CREDENTIALS);
      other.get(CREDENTIALS + '/' + id);
      assertThat(other.post(CREDENTIALS + '/' + id + "/use", "").status()).isIn(403, 404);
      other.post("/api/v1/use", Map.of("credentials", List.of(Map.of("id", id))));
      other.post(CREDENTIALS + '/' + id + "/copy", "");
    }
  }

  @Test
  void keepsSecretsInChecks() {
    String key = plants.marker("a key that is tried before it is stored");
    String id = created();
    client.post(
        CREDENTIALS,
        Map.of(
            "name",
            "tried",
            "type",
            "openai",
            "fields",
            Map.of("api_key", key, "base_url", "http://127.0.0.1:1"),
            "validate",
            true));
    client.patch(
        CREDENTIALS + '/' + id, Map.of("fields", Map.of("api_key", key), "validate", true));
    client.post(
        "/api/v1/validations/draft", Map.of("type", "openai", "fields", Map.of("api_key", key)));
    LeakClient.Answer ordered =
        client.post("/api/v1/validations", Map.of("filter", Map.of("type", "openai")));
    assertThat(ordered.status()).isEqualTo(202);
    client.get("/api/v1/validations/" + ordered.id());
    client.get("/api/v1/validations/" + ordered.id() + "/outcomes");
    client.get(CREDENTIALS + '/' + id + "/validations");
  }

  @Test
  void keepsDataKeysToItself() {
    String id = created();
    Row row =
        pool.query(
                "select k.id, k.organization, k.wrapped from data_key k"
                    + " join credential c on c.data_key = k.id where c.id = '"
                    + id
                    + "'")
            .executeAndAwait()
            .iterator()
            .next();
    KeyRef key = providers.defaultKey();
    KeyContext context =
        new KeyContext(row.getUUID("organization"), row.getUUID("id"), KeyPurpose.VALUES);
    byte[] wrapped = row.getBuffer("wrapped").getBytes();
    try (SecretValue open =
        providers.of(key).unwrap(key, wrapped, context).await().atMost(PATIENCE)) {
      needles.plantKey("a data key", open.revealBytes());
    }
    int before = server.calls().of("Decrypt").size();
    for (int i = 0; i < 3; i++) {
      assertThat(client.post(CREDENTIALS + '/' + id + "/use", "").status()).isEqualTo(200);
    }
    assertThat(server.calls().of("Decrypt")).hasSizeGreaterThan(before);
  }

  @Test
  void keepsSecretsWhenTheKeyServiceFails() {
    String id = created();
    String message = plants.marker("what the key service says");
    List<Fault> faults =
        List.of(
            Fault.error("KMSInternalException"),
            Fault.error("AccessDeniedException"),
            new Fault.Raw(
                400,
                "application/x-amz-json-1.1",
                "{\"__type\":\"ValidationException\",\"message\":\"" + message + "\"}"),
            new Fault.Raw(500, "text/html", message),
            new Fault.Raw(200, "application/x-amz-json-1.1", message),
            new Fault.PlaintextOf(16),
            new Fault.Cut());
    for (Fault fault : faults) {
      server.faults().always(fault);
      client.post(CREDENTIALS + '/' + id + "/use", "");
      LeakClient newcomer = inNewOrganization("admin");
      newcomer.post(CREDENTIALS, openAi("failing", plants.marker("a key that is not stored")));
      client.get("/q/health");
      client.get("/q/metrics");
    }
  }

  @Test
  void keepsSecretsOfRowsThatWereTamperedWith() {
    List<String> edits =
        List.of(
            "sealed = overlay(sealed placing '\\x00'::bytea from 100)",
            "sealed = substring(sealed from 1 for 50)",
            "sealed = '\\x'",
            "plain = '{\"base_url\": \"https://attacker.example\"}'",
            "version = version + 1",
            "secret_ids = '{organization_id}'");
    for (String edit : edits) {
      String id = created();
      pool.query("update credential set " + edit + " where id = '" + id + "'").executeAndAwait();
      client.get(CREDENTIALS);
      client.get(CREDENTIALS + '/' + id);
      client.post(CREDENTIALS + '/' + id + "/use", "");
      client.post("/api/v1/use", Map.of("credentials", List.of(Map.of("id", id))));
      client.post(CREDENTIALS + '/' + id + "/copy", Map.of("name", "copy"));
      String next = plants.marker("a key for a row that was tampered with");
      client.patch(CREDENTIALS + '/' + id, Map.of("fields", Map.of("api_key", next)));
    }
  }

  @Test
  void keepsSecretsWhileTheDatabaseIsAway() {
    String id = created();
    try (Outage outage = Outage.begin(ConfigProvider.getConfig())) {
      assertThat(outage).isNotNull();
      String key = plants.marker("a key during an outage");
      LeakClient.Answer refused = client.post(CREDENTIALS, openAi("outage", key));
      assertThat(refused.status()).isGreaterThanOrEqualTo(500);
      client.get(CREDENTIALS);
      client.patch(CREDENTIALS + '/' + id, Map.of("fields", Map.of("api_key", key)));
      client.post(CREDENTIALS + '/' + id + "/use", "");
      client.get("/q/health");
    }
    client.post(CREDENTIALS + '/' + id + "/use", "");
  }

  /** The client of the database prints parameters; what nobody waited for must not pass it on. */
  @Test
  void keepsParametersThatTheDatabaseClientPrints() {
    String marker = plants.marker("a parameter of a wrong class");
    Throwable printing =
        pool.preparedQuery("select $1::uuid")
            .execute(Tuple.of(marker))
            .onItemOrFailure()
            .transform((_, failure) -> failure)
            .await()
            .atMost(PATIENCE);
    assertThat(needles.find(printing.toString())).isNotEmpty();
    findings.search(
        "answer to a failure",
        String.valueOf(new GeneralProblems().unexpected(printing).getEntity()));
    Infrastructure.handleDroppedException(printing);
    Context context = vertx.getOrCreateContext();
    CompletableFuture<Void> after = new CompletableFuture<>();
    context.runOnContext(
        _ -> {
          throw new IllegalStateException(printing);
        });
    context.runOnContext(_ -> after.complete(null));
    after.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    assertThat(logs.count("io.coffer.web.StrayFailures", "ERROR")).isGreaterThanOrEqualTo(2);
  }

  @Test
  @Order(LAST - 1)
  void searchedAllThatCouldBeSearchedFor() {
    assertThat(plants.unsearchable()).isEmpty();
    assertThat(plants.planted())
        .contains(
            "credit_card.card_cvv", "credit_card.card_exp_month", "credit_card.card_exp_year");
    assertThat(new StoredRows(pool).tables()).contains("credential", "data_key", "job");
    assertThat(new StoredRows(pool).search(findings)).isPositive();
    for (String page :
        List.of(
            "/",
            "/q/metrics",
            "/q/openapi",
            "/q/openapi?format=json",
            "/q/health",
            "/q/health/live",
            "/q/health/ready",
            "/q/health/started",
            "/api/v1/credential-types",
            "/api/v1/me")) {
      client.get(page);
    }
  }

  @Test
  @Order(LAST)
  void sawTheLogsOfAllLibrariesDownToTrace() {
    for (String library : List.of("org.hibernate", "io.vertx", "io.quarkus")) {
      assertThat(logs.count(library, "TRACE") + logs.count(library, "DEBUG"))
          .as(library)
          .isPositive();
    }
    assertThat(logs.count("org.hibernate", "TRACE")).isPositive();
    for (String quoting :
        List.of(
            "WebApplicationException",
            "io.netty.handler.logging",
            "org.jboss.resteasy.reactive",
            "software.amazon.awssdk")) {
      assertThat(logs.count(quoting, "TRACE") + logs.count(quoting, "DEBUG")).as(quoting).isZero();
    }
  }

  @Test
  void findsWhatIsLeakedOnPurpose() {
    Findings leaks = new Findings(needles);
    String marker = plants.marker("leaked on purpose");
    nothingLeaked();
    logs.close();
    try (CapturedLogs control = CapturedLogs.into(leaks)) {
      assertThat(control).isNotNull();
      Logger.getLogger("io.vertx.message").trace("value " + marker);
      java.util.logging.Logger.getLogger("io.netty.parameter").log(Level.INFO, "{0}", marker);
      Logger.getLogger("org.hibernate.cause")
          .debug("failed", new IllegalStateException(new IllegalArgumentException(marker)));
      MDC.put("leak", marker);
      Logger.getLogger("io.coffer.context").info("harmless");
      MDC.remove("leak");
      pool.query("create table leak_control (v bytea)").executeAndAwait();
      pool.query("insert into leak_control values ('" + marker + "')").executeAndAwait();
      new StoredRows(pool).search(leaks);
    } finally {
      pool.query("drop table if exists leak_control").executeAndAwait();
      logs = CapturedLogs.into(findings);
    }
    assertThat(leaks.places())
        .contains(
            "log of io.vertx.message",
            "log of io.netty.parameter",
            "log of io.netty.parameter (parameters)",
            "log of org.hibernate.cause (java.lang.IllegalArgumentException)",
            "log of io.coffer.context (context)",
            "table leak_control");
  }

  private String created() {
    return created(client, "key of a caller");
  }

  private String created(LeakClient caller, String label) {
    LeakClient.Answer made =
        caller.post(CREDENTIALS, openAi("k " + UUID.randomUUID(), plants.marker(label)));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.id();
  }

  private static Map<String, Object> openAi(String name, String key) {
    return Map.of("name", name, "type", "openai", "fields", Map.of("api_key", key));
  }

  private LeakClient inNewOrganization(String role) {
    return caller("org-" + UUID.randomUUID(), role);
  }

  private LeakClient caller(String organization, String role) {
    String token = TestTokens.of("leak-" + role).organization(organization).roles(role).sign();
    needles.plant("an access token", token.substring(token.lastIndexOf('.') + 1));
    return new LeakClient(base, token, findings);
  }
}
