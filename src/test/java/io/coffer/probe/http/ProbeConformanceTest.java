package io.coffer.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.probe.Finding;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Verdict;
import io.coffer.probe.http.Conformance.Look;
import io.coffer.probe.http.Conformance.Said;
import io.coffer.secret.SecretValue;
import io.coffer.type.FieldTexts;
import io.coffer.type.ProbeDefinition;
import io.coffer.type.TypeDefinition;
import io.coffer.type.TypePacks;
import io.coffer.type.probe.CallRule;
import io.coffer.type.probe.HttpCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every declared probe sends what its file says, and reads each answer as its file says. */
class ProbeConformanceTest {

  /** Types that say nothing of it yet; each that does leaves this list. */
  private static final Set<String> SILENT =
      Set.of("clickhouse", "machine", "network", "smtp", "source_control", "static_file");

  private static final String PAGE = "<!DOCTYPE html><html><title>Sign in</title></html>";

  @TestFactory
  Stream<DynamicTest> everyTypeSaysHowItIsProved() {
    return TypePacks.load().stream()
        .map(pack -> DynamicTest.dynamicTest(pack.slug(), () -> says(pack)));
  }

  private static void says(TypeDefinition pack) {
    ProbeDefinition probe = pack.probe();
    if (SILENT.contains(pack.slug())) {
      assertThat(probe).as("the probe of " + pack.slug()).isNull();
      return;
    }
    assertThat(probe).as("the probe of " + pack.slug()).isNotNull();
    switch (Objects.requireNonNull(probe).kind()) {
      case ProbeDefinition.NONE -> assertThat(probe.setting().asText()).endsWith(".");
      case HttpCase.KIND -> assertThat(Conformance.slugs()).contains(pack.slug());
      default -> {}
    }
  }

  @Test
  void everyFileIsOfATypeWithCalls() {
    assertThat(Conformance.slugs())
        .allMatch(
            slug ->
                Objects.requireNonNull(Conformance.pack(slug).probe())
                    .kind()
                    .equals(HttpCase.KIND));
  }

  @TestFactory
  Stream<DynamicTest> everyCaseIsLookedAt() {
    return Conformance.slugs().stream()
        .map(slug -> DynamicTest.dynamicTest(slug, () -> everyCase(slug)));
  }

  private static void everyCase(String slug) {
    List<HttpCase> cases = cases(slug);
    List<Integer> seen = new ArrayList<>();
    for (Look look : Conformance.of(slug).looks()) {
      ProbeRequest request = Conformance.request(slug, look);
      chosen(request).ifPresent(one -> seen.add(cases.indexOf(one)));
      request.secrets().close();
    }
    for (int i = 0; i < cases.size(); i++) {
      assertThat(seen).as("looks at case %d of %s", i, slug).contains(cases.indexOf(cases.get(i)));
    }
  }

  @TestFactory
  Stream<DynamicTest> readsAnswers() {
    return Conformance.slugs().stream()
        .flatMap(
            slug ->
                Conformance.of(slug).looks().stream()
                    .flatMap(
                        look ->
                            Stream.concat(look.answers().stream(), standard(look))
                                .map(said -> test(slug, look, said))));
  }

  private static DynamicTest test(String slug, Look look, Said said) {
    return DynamicTest.dynamicTest(
        slug + ": " + look.of() + ": " + said.said(), () -> check(slug, look, said));
  }

  /** What every probe must read alike. */
  private static Stream<Said> standard(Look look) {
    if (!look.isStandard()) {
      return Stream.of();
    }
    Map<String, Said> all =
        Map.ofEntries(
            row("a page", 200, null, PAGE, "unknown inconclusive"),
            row("a page that bars the way", 403, null, PAGE, "unknown network"),
            row("a page for 401", 401, null, PAGE, "unknown inconclusive"),
            row("a page for 404", 404, null, PAGE, "unknown wrong_endpoint"),
            row("a redirect", 302, null, null, "unknown wrong_endpoint"),
            row("empty", 200, "", null, "unknown inconclusive"),
            row("created", 201, "{}", null, "unknown inconclusive"),
            row(
                "cut short",
                200,
                "{\"object\":\"list\",\"data\":[{\"id\":\"",
                null,
                "unknown inconclusive"),
            row("a text", 200, "ok", null, "unknown inconclusive"),
            row("a fault", 500, "{}", null, "unknown provider_error"),
            row("unavailable", 503, "{}", null, "unknown provider_error"),
            row("overload", 529, "{}", null, "unknown provider_error"),
            row("a proxy", 407, PAGE, null, "unknown network"),
            row("too many requests", 429, "{}", null, "unknown rate_limited"));
    return all.entrySet().stream()
        .filter(row -> !look.except().contains(row.getKey()))
        .map(Map.Entry::getValue)
        // What the first of several calls leaves to the next is looked at for itself.
        .filter(said -> !(said.status() == 404 && look.of().isEmpty()));
  }

  private static Map.Entry<String, Said> row(
      String name,
      int status,
      @org.jspecify.annotations.Nullable String text,
      @org.jspecify.annotations.Nullable String html,
      String verdict) {
    return Map.entry(
        name,
        new Said(
            name, status, null, html, text, Map.of(), List.of(), verdict, null, null, null, null,
            null, null));
  }

  private static void check(String slug, Look look, Said said) {
    ProbeRequest request = Conformance.request(slug, look);
    try {
      compare(said, look(request, look, said));
    } finally {
      request.secrets().close();
    }
  }

  private static void compare(Said said, Verdict verdict) {
    assertThat(verdict.finding().wireName() + " " + verdict.reason().wireName())
        .isEqualTo(said.verdict());
    if (said.usable() != null || verdict.finding() == Finding.VALID) {
      String usable = said.usable() == null ? "no" : said.usable();
      assertThat(verdict.usable())
          .isEqualTo(usable.equals("unknown") ? null : usable.equals("yes"));
    }
    if (said.code() != null) {
      assertThat(verdict.code()).isEqualTo(said.code());
    }
    if (said.retryAfter() != null) {
      assertThat(verdict.retryAfter()).hasSeconds(said.retryAfter());
    }
    if (said.weak() != null) {
      assertThat(verdict.weak()).isEqualTo(said.weak().equals("yes"));
    }
    if (said.metadata() != null) {
      assertThat(verdict.metadata()).isEqualTo(said.metadata());
    }
    assertThat(String.valueOf(verdict.expiresAt())).isEqualTo(String.valueOf(said.expires()));
  }

  private static Verdict look(ProbeRequest request, Look look, Said said) {
    List<Said> answers = new ArrayList<>(said.after());
    answers.add(said);
    HttpCase one = chosen(request).orElseThrow();
    List<String> sent = new ArrayList<>();
    try (Filler filler = new Filler(fields(request))) {
      for (CallRule call : one.calls()) {
        try (PlannedCall planned = HttpPlan.plan(one, call, filler, Conformance.NOW)) {
          sent.add(planned.method() + " " + planned.url());
          assertNoSecretIn(planned.url().toString(), request);
          if (sent.size() > answers.size()) {
            // The standard answers stop at what is left to the next call.
            return UsualReading.of(
                answers.getLast().status(), io.coffer.type.probe.AnswerRule.Body.HTML);
          }
          Answer answer = answers.get(sent.size() - 1);
          AnswerReader reader =
              new AnswerReader(
                  planned.url().getHost(), new Echoes(request.secrets()), Conformance.NOW);
          if (reader.read(call, answer) instanceof Reading.Decided(Verdict verdict)) {
            assertThat(look.calls()).startsWith(sent.toArray(String[]::new));
            return verdict;
          }
          if (reader.read(call, answer) instanceof Reading.Next(Map<String, SecretValue> taken)) {
            taken.forEach(filler::know);
          }
        }
      }
    } catch (CannotPlan refused) {
      return Verdict.unknown(refused.reason());
    }
    throw new AssertionError("nothing decided");
  }

  @TestFactory
  Stream<DynamicTest> tellsWhatItCannotSend() {
    return Conformance.slugs().stream()
        .flatMap(
            slug ->
                Conformance.of(slug).looks().stream()
                    .filter(look -> look.isNotProbed() || look.verdict() != null)
                    .map(
                        look ->
                            DynamicTest.dynamicTest(
                                slug + ": " + look.of(), () -> nothingSent(slug, look))));
  }

  private static void nothingSent(String slug, Look look) {
    ProbeRequest request = Conformance.request(slug, look);
    HttpProbe probe =
        new HttpProbe(
            (_, _, _, _) -> {
              throw new AssertionError("nothing is sent");
            },
            java.time.Clock.fixed(Conformance.NOW, java.time.ZoneOffset.UTC),
            Retries.USUAL);
    Verdict verdict = probe.probe(request).await().indefinitely();
    request.secrets().close();
    assertThat(verdict.finding().wireName() + " " + verdict.reason().wireName())
        .isEqualTo(look.isNotProbed() ? "not_probed inconclusive" : look.verdict());
  }

  private static void assertNoSecretIn(String text, ProbeRequest request) {
    for (String id : request.secrets().ids()) {
      String secret = request.secrets().find(id).orElseThrow().revealText();
      // Key files hold addresses and names as well; a part of a key is a line of it.
      assertThat(secret.lines().filter(line -> line.length() > 6)).noneMatch(text::contains);
    }
  }

  static Optional<HttpCase> chosen(ProbeRequest request) {
    return HttpPlan.choose(HttpCase.read(request.setting()), fields(request));
  }

  private static List<HttpCase> cases(String slug) {
    return HttpCase.read(Objects.requireNonNull(Conformance.pack(slug).probe()).setting());
  }

  private static FieldTexts fields(ProbeRequest request) {
    return new FieldTexts(request.type().definition(), request.plain(), request.secrets());
  }
}
