package io.coffer.probe.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.type.probe.AnswerRule.Body;
import io.coffer.type.probe.Match;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies are the other side's: whatever they are, reading them is bounded. */
class AnswerFactsTest {

  private static AnswerFacts read(String body, String... pointers) {
    return AnswerFacts.read(body.getBytes(UTF_8), Optional.empty(), List.of(pointers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1}                  | JSON
          [1,2]                    | JSON
          ''                       | EMPTY
          '   '                    | EMPTY
          <!doctype html><p>x      | HTML
          <HTML>                   | HTML
          "text"                   | OTHER
          12                       | OTHER
          {"a":                    | OTHER
          {"a":1}{"b":2}           | OTHER
          {"a":1} trailing         | OTHER
          {'a':1}                  | OTHER
          <xml/>                   | OTHER
          """)
  void tellsWhatABodyIs(String body, Body kind) {
    assertThat(read(body).kind()).isEqualTo(kind);
  }

  @Test
  void believesAContentTypeOnlyOfPages() {
    assertThat(AnswerFacts.read("oops".getBytes(UTF_8), Optional.of("text/html"), List.of()).kind())
        .isEqualTo(Body.HTML);
    assertThat(
            AnswerFacts.read("oops".getBytes(UTF_8), Optional.of("application/json"), List.of())
                .kind())
        .isEqualTo(Body.OTHER);
    assertThat(AnswerFacts.read("{}".getBytes(UTF_8), Optional.of("text/html"), List.of()).kind())
        .isEqualTo(Body.JSON);
  }

  @Test
  void findsWhatStandsAtAPointer() {
    AnswerFacts facts =
        read(
            """
            {"a":{"b":[{"c":"x"},{"c":"y"}],"n":null,"t":true},"d":{"e":{}},"z":{"b":"no"}}
            """,
            "/a/b/*/c",
            "/a/b/1/c",
            "/a/n",
            "/a/t",
            "/d/e",
            "/a/b",
            "/none");
    assertThat(facts.fits("/a/b/*/c", Match.of("y"))).isTrue();
    assertThat(facts.fits("/a/b/*/c", Match.of("z"))).isFalse();
    assertThat(facts.scalar("/a/b/1/c")).hasValue("y");
    assertThat(facts.fits("/a/b", Match.of(Map.of("is", "array")))).isTrue();
    assertThat(facts.fits("/d/e", Match.of(Map.of("is", "object")))).isTrue();
    assertThat(facts.fits("/a/t", Match.of(true))).isTrue();
    assertThat(facts.fits("/a/n", Match.of(Map.of("is", "present")))).isFalse();
    assertThat(facts.fits("/none", Match.of(Map.of("is", "absent")))).isTrue();
    assertThat(facts.scalar("/a/b")).isEmpty();
  }

  @Test
  void readsNoTextWhereANumberIsMeant() {
    AnswerFacts facts = read("{\"n\":-0.5,\"s\":\"0\",\"x\":\"many\"}", "/n", "/s", "/x");
    Match none = Match.of(Map.of("at_most", 0));
    assertThat(facts.fits("/n", none)).isTrue();
    assertThat(facts.fits("/s", none)).isTrue();
    assertThat(facts.fits("/x", none)).isFalse();
  }

  @Test
  void refusesDepthAndLength() {
    assertThat(read("[".repeat(100_000)).kind()).isEqualTo(Body.OTHER);
    assertThat(read("[".repeat(65) + "]".repeat(65)).kind()).isEqualTo(Body.OTHER);
    assertThat(read("[".repeat(60) + "]".repeat(60)).kind()).isEqualTo(Body.JSON);
    assertThat(read("{\"a\":\"" + "x".repeat(40_000) + "\"}", "/a").kind()).isEqualTo(Body.OTHER);
    assertThat(read("{\"a\":" + "9".repeat(1_000) + "}", "/a").kind()).isEqualTo(Body.OTHER);
  }

  @Test
  void keepsNoMoreThanItWasAskedFor() {
    AnswerFacts facts = read("{\"a\":[" + "1,".repeat(300_000) + "2]}", "/a/*", "/a/300000");
    assertThat(facts.fits("/a/300000", Match.of(2))).isTrue();
    assertThat(facts.fits("/a/*", Match.of(2))).as("beyond what is kept of one place").isFalse();
  }
}
