package io.coffer.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coffer.egress.GuardedHttp;
import io.coffer.egress.TestHttp;
import io.coffer.probe.Finding;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.probe.http.Conformance.Look;
import io.coffer.probe.http.Conformance.Said;
import io.coffer.type.probe.CallRule;
import io.coffer.type.probe.HttpCase;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every probe over the real HTTP client, against a server that answers by the files. */
class HttpProbeTest {

  private static final Vertx VERTX = Vertx.vertx();
  private static final GuardedHttp HTTP = TestHttp.toLoopback(VERTX);
  private static final ScriptedProvider PROVIDER = ScriptedProvider.start();
  private static final List<String> LOGGED = new ArrayList<>();
  private static final Handler CAPTURE = new Capture();

  @BeforeAll
  static void listen() {
    Logger.getLogger("").addHandler(CAPTURE);
  }

  @AfterAll
  static void stop() {
    Logger.getLogger("").removeHandler(CAPTURE);
    PROVIDER.close();
    HTTP.close();
    VERTX.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Keeps messages. */
  private static final class Capture extends Handler {
    @Override
    public void publish(LogRecord line) {
      synchronized (LOGGED) {
        LOGGED.add(line.getMessage() + line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Servers tell the time, so that the probe has to have the same. */
  private static ProbeRequest now(String slug, Look look) {
    ProbeRequest request = Conformance.request(slug, look);
    return new ProbeRequest(
        request.organization(),
        request.type(),
        request.setting(),
        request.plain(),
        request.secrets(),
        Instant.now().plusSeconds(20));
  }

  private static HttpProbe probe() {
    return new HttpProbe(
        PROVIDER.through(HTTP), Clock.systemUTC(), new Retries(Duration.ofMillis(1)));
  }

  @TestFactory
  Stream<DynamicTest> readsWhatAServerSends() {
    return Conformance.slugs().stream()
        .flatMap(
            slug ->
                Conformance.of(slug).looks().stream()
                    .flatMap(
                        look ->
                            look.answers().stream()
                                // A client tells the sender's name, and no test does so late.
                                .filter(said -> !said.headers().containsKey("date"))
                                .map(said -> test(slug, look, said))));
  }

  private static DynamicTest test(String slug, Look look, Said said) {
    return DynamicTest.dynamicTest(
        slug + ": " + look.of() + ": " + said.said(), () -> check(slug, look, said));
  }

  private static void check(String slug, Look look, Said said) {
    ProbeRequest request = now(slug, look);
    PROVIDER.forget();
    List<Said> answers = new ArrayList<>(said.after());
    answers.add(said);
    for (int i = 0; i < answers.size(); i++) {
      PROVIDER.answers(look.calls().get(i), answers.get(i));
    }
    PROVIDER.knows(controlled(request));
    Verdict verdict = probe().probe(request).await().atMost(Duration.ofSeconds(10));
    assertThat(verdict.finding().wireName() + " " + verdict.reason().wireName())
        .isEqualTo(said.verdict());
    assertSecretsStayOutOf(request, PROVIDER.requests(), verdict);
    request.secrets().close();
  }

  /** The secret for which a random one is sent as well; empty if none is. */
  private static String controlled(ProbeRequest request) {
    return ProbeConformanceTest.chosen(request)
        .map(HttpCase::control)
        .map(field -> request.secrets().find(field).orElseThrow().revealText())
        .orElse("");
  }

  private static void assertSecretsStayOutOf(
      ProbeRequest request, List<ScriptedProvider.Request> requests, Verdict verdict) {
    assertThat(requests).isNotEmpty();
    for (String id : request.secrets().ids()) {
      String secret = request.secrets().find(id).orElseThrow().revealText();
      List<String> lines = secret.lines().filter(line -> line.length() > 6).toList();
      assertThat(lines)
          .noneMatch(line -> requests.stream().anyMatch(sent -> sent.line().contains(line)))
          .noneMatch(line -> verdict.toString().contains(line))
          .noneMatch(line -> request.toString().contains(line));
      synchronized (LOGGED) {
        assertThat(lines).noneMatch(line -> LOGGED.stream().anyMatch(log -> log.contains(line)));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> repeatsNothingThatAnAnswerRepeats() {
    return Conformance.slugs().stream()
        .map(slug -> DynamicTest.dynamicTest(slug, () -> echoed(slug)));
  }

  /** The server puts every secret everywhere that anything is read from. */
  private static void echoed(String slug) {
    for (Look look : Conformance.of(slug).looks()) {
      for (int status : look.calls().isEmpty() ? new int[0] : new int[] {200, 400, 401, 403, 429}) {
        ProbeRequest request = now(slug, look);
        String secret =
            request
                .secrets()
                .find(request.secrets().ids().iterator().next())
                .orElseThrow()
                .revealText();
        PROVIDER.forget();
        PROVIDER.knows("");
        String body = everywhere(request, secret);
        look.calls().forEach(call -> PROVIDER.answers(call, Said.of(status, body, null)));
        Verdict verdict = probe().probe(request).await().atMost(Duration.ofSeconds(10));
        assertSecretsStayOutOf(request, PROVIDER.requests(), verdict);
        request.secrets().close();
      }
    }
  }

  private static String everywhere(ProbeRequest request, String secret) {
    ObjectNode root = Conformance.JSON.createObjectNode();
    root.put("message", secret);
    for (CallRule call : ProbeConformanceTest.chosen(request).orElseThrow().calls()) {
      call.pointers().forEach(pointer -> put(root, pointer.substring(1).split("/", -1), secret));
    }
    return root.toString();
  }

  private static void put(ObjectNode root, String[] path, String secret) {
    ObjectNode node = root;
    for (int i = 0; i < path.length; i++) {
      boolean last = i == path.length - 1;
      if (!last && path[i + 1].equals("*")) {
        ArrayNode list = node.putArray(path[i]);
        if (i + 2 == path.length) {
          list.add(secret);
          return;
        }
        node = list.addObject();
        i++;
      } else if (last) {
        node.put(path[i], secret);
      } else {
        node = node.get(path[i]) instanceof ObjectNode there ? there : node.putObject(path[i]);
      }
    }
  }

  private static Look openai() {
    return Conformance.of("openai").looks().getFirst();
  }

  private static final Said MODELS = Said.of(200, "{\"object\":\"list\",\"data\":[]}", null);

  @Test
  void takesNothingForGoodThatIsTakenFromAnybody() {
    try (ProbeScene scene = new ProbeScene(openai(), MODELS)) {
      PROVIDER.knows("");
      Verdict verdict = scene.look();
      assertThat(verdict.finding()).isEqualTo(Finding.UNKNOWN);
      assertThat(verdict.reason()).isEqualTo(Reason.INCONCLUSIVE);
      assertThat(PROVIDER.requests()).hasSize(2);
      assertThat(PROVIDER.requests().get(1).rest()).doesNotContain(scene.key());
    }
  }

  @Test
  void asksAPlaceOnceWhetherItLooks() {
    try (ProbeScene scene = new ProbeScene(openai(), MODELS)) {
      PROVIDER.knows(scene.key());
      for (int i = 0; i < 5; i++) {
        assertThat(scene.look().finding()).isEqualTo(Finding.VALID);
      }
      assertThat(PROVIDER.requests()).hasSize(6);
    }
  }

  @Test
  void asksAgainForTroubleThatPasses() {
    for (int status : new int[] {408, 425, 502, 503, 504, 529}) {
      try (ProbeScene scene = new ProbeScene(openai(), Said.of(status, "{}", null))) {
        assertThat(scene.look().reason()).isEqualTo(Reason.PROVIDER_ERROR);
        assertThat(PROVIDER.requests()).as("requests for %d", status).hasSize(3);
      }
    }
  }

  @Test
  void asksNotAgainForARefusal() {
    for (int status : new int[] {400, 401, 403, 404, 409, 500}) {
      try (ProbeScene scene = new ProbeScene(openai(), Said.of(status, "{}", null))) {
        assertThat(scene.look().finding()).isNotEqualTo(Finding.INVALID);
        assertThat(PROVIDER.requests()).as("requests for %d", status).hasSize(1);
      }
    }
  }

  @Test
  void waitsNoLongerThanIsWorthIt() {
    Said busy = Said.of(429, "{}", null).with(Map.of("Retry-After", "30"));
    try (ProbeScene scene = new ProbeScene(openai(), busy)) {
      Verdict verdict = scene.look();
      assertThat(verdict.reason()).isEqualTo(Reason.RATE_LIMITED);
      assertThat(verdict.retryAfter()).hasSeconds(30);
      assertThat(PROVIDER.requests()).hasSize(1);
    }
  }

  @Test
  void sendsOnceWhatMustNotBeSentTwice() {
    Look client = Conformance.of("oauth").looks().getFirst();
    try (ProbeScene scene = new ProbeScene("oauth", client, Said.of(503, "{}", null))) {
      assertThat(scene.look().reason()).isEqualTo(Reason.PROVIDER_ERROR);
      assertThat(PROVIDER.requests()).hasSize(1);
    }
  }

  @Test
  void signsAnewBeforeItBelievesInAWrongSignature() {
    Look key = Conformance.of("aws").looks().getFirst();
    Said wrong = Said.of(403, "{\"Error\":{\"Code\":\"SignatureDoesNotMatch\"}}", null);
    try (ProbeScene scene = new ProbeScene("aws", key, wrong)) {
      assertThat(scene.look().reason()).isEqualTo(Reason.BAD_SECRET);
      assertThat(PROVIDER.requests()).hasSize(2);
    }
  }

  @Test
  void reportsLargeBodiesAsShowingNothing() {
    Said huge =
        Said.of(200, "{\"object\":\"list\",\"data\":[" + "1,".repeat(600_000) + "1]}", null);
    try (ProbeScene scene = new ProbeScene(openai(), huge)) {
      assertThat(scene.look().reason()).isEqualTo(Reason.INCONCLUSIVE);
    }
  }

  @Test
  void namesTheHostThatItWouldCall() {
    try (ProbeScene scene = new ProbeScene(openai(), MODELS)) {
      assertThat(probe().host(scene.request())).isEqualTo("api.openai.com");
    }
  }

  /** One credential, one answer, one probe that remembers. */
  private static final class ProbeScene implements AutoCloseable {
    private final HttpProbe probe = probe();
    private final ProbeRequest request;

    ProbeScene(Look look, Said said) {
      this("openai", look, said);
    }

    ProbeScene(String slug, Look look, Said said) {
      request = now(slug, look);
      PROVIDER.forget();
      PROVIDER.knows("");
      PROVIDER.answers(look.calls().getFirst(), said);
    }

    Verdict look() {
      return probe.probe(request).await().atMost(Duration.ofSeconds(10));
    }

    ProbeRequest request() {
      return request;
    }

    String key() {
      return request.secrets().find("api_key").orElseThrow().revealText();
    }

    @Override
    public void close() {
      request.secrets().close();
    }
  }
}
