package io.coffer.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search would find what it searches for. */
class NeedlesTest {

  private static final String SECRET = "p@ss:w/o?r#d%&+!\"=\\é\n7Hq2LmZx9RtBv4KcYw";

  private final Needles needles = new Needles();

  @BeforeEach
  void plant() {
    needles.plant("it", SECRET);
  }

  @Test
  void findsItAsText() {
    assertThat(needles.find("before " + SECRET + " behind")).containsExactly("it");
    assertThat(needles.find("before and behind")).isEmpty();
  }

  @Test
  void findsItWhenItIsCut() {
    assertThat(needles.find("begins with " + SECRET.substring(0, 12) + "...")).isNotEmpty();
    assertThat(needles.find("ends with " + SECRET.substring(SECRET.length() - 16))).isNotEmpty();
  }

  @Test
  void findsNotItsMask() {
    assertThat(needles.find(SECRET.substring(0, 5) + "...KcYw")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abc"})
  void findsItWithinBase64(String before) {
    byte[] bytes = (before + SECRET + "behind").getBytes(StandardCharsets.UTF_8);
    assertThat(needles.find(Base64.getEncoder().encodeToString(bytes))).isNotEmpty();
    assertThat(needles.find(Base64.getUrlEncoder().encodeToString(bytes))).isNotEmpty();
  }

  @Test
  void findsItInOtherForms() {
    byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
    List<String> forms =
        List.of(
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes),
            HexFormat.ofDelimiter(" ").formatHex(bytes),
            "\\x" + HexFormat.of().formatHex(bytes),
            Arrays.toString(bytes),
            URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
            SECRET.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    assertThat(forms).allSatisfy(form -> assertThat(needles.find(form)).isNotEmpty());
  }

  @Test
  void findsItInADumpOfSixteenBytesALine() {
    String text = "twelve bytes" + SECRET;
    StringBuilder dump = new StringBuilder();
    for (int at = 0; at < text.length(); at += 16) {
      dump.append("|").append(text, at, Math.min(text.length(), at + 16)).append("|\n");
    }
    assertThat(needles.find(dump)).isNotEmpty();
  }

  @Test
  void findsAFewDigitsBesideTheNameOfTheirFieldOrBetweenQuotes() {
    needles.plantDigits("code", "card_cvv", "7391");
    List<String> leaks =
        List.of(
            "{\"card_cvv\":\"7391\"}",
            "{\\\"card_cvv\\\":\\\"7391\\\"}",
            "Card[card_cvv=7391, card_exp_year=2030]",
            "(card_cvv, 7391)",
            "'7391' is refused",
            "got \"7391\"");
    assertThat(leaks).allSatisfy(leak -> assertThat(needles.find(leak)).containsExactly("code"));
    assertThat(needles.find("card_cvv: refused, after 7391 ms at port:7391")).isEmpty();
  }

  @Test
  void plantsNothingThatStandsAnywhere() {
    assertThat(needles.plant("short", "1234")).isFalse();
    assertThat(needles.plant("common", "AAAAAAAAAAAAAAAA")).isFalse();
  }

  @Test
  void findsItInCausesAndSuppressedFailures() {
    Findings findings = new Findings(needles);
    IllegalStateException cause = new IllegalStateException(SECRET);
    findings.searchFailure("cause", new RuntimeException("harmless", cause));
    RuntimeException suppressing = new RuntimeException("harmless");
    suppressing.addSuppressed(cause);
    findings.searchFailure("suppressed", suppressing);
    findings.searchFailure("neither", new RuntimeException("harmless"));
    assertThat(findings.places())
        .containsExactly(
            "cause (java.lang.IllegalStateException)",
            "suppressed (java.lang.IllegalStateException)");
  }
}
