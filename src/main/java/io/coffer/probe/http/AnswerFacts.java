package io.coffer.probe.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.coffer.type.probe.AnswerRule.Body;
import io.coffer.type.probe.Match;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in a body at the places that are asked for. The rest is skipped token by token and no
 * tree is made of it: a body costs no more memory than its own bytes, whatever is in it.
 */
final class AnswerFacts {

  private static final int MOST_DEPTH = 64;
  private static final int MOST_AT_ONE_PLACE = 64;
  private static final int LONGEST_TEXT = 32 * 1024;
  private static final int LONGEST_NUMBER = 64;
  private static final int MOST_OF_A_PAGE = 4 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_DEPTH)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(LONGEST_TEXT)
                  .build())
          .build();

  private final Body kind;
  private final String start;
  private final Map<String, List<Fact>> facts;

  private AnswerFacts(Body kind, String start, Map<String, List<Fact>> facts) {
    this.kind = kind;
    this.start = start;
    this.facts = facts;
  }

  /** A value: what it is, and its text. */
  record Fact(String sort, String text) {

    /** Neither array nor object nor nothing. */
    boolean isScalar() {
      return !text.isEmpty() && !sort.equals("null");
    }

    /** Without the text, which may be a token. */
    @Override
    public String toString() {
      return "Fact[" + sort + ']';
    }
  }

  /**
   * Reads a body.
   *
   * @param pointers JSON pointers, in which {@code *} stands for any member or element
   */
  static AnswerFacts read(byte[] body, Optional<String> contentType, Collection<String> pointers) {
    String start =
        new String(body, 0, Math.min(body.length, MOST_OF_A_PAGE), StandardCharsets.UTF_8).strip();
    if (start.isEmpty()) {
      return new AnswerFacts(Body.EMPTY, "", Map.of());
    }
    if (start.charAt(0) == '{' || start.charAt(0) == '[') {
      Map<String, List<Fact>> facts = new HashMap<>();
      if (parse(body, pointers, facts)) {
        return new AnswerFacts(Body.JSON, start, facts);
      }
    }
    return new AnswerFacts(isPage(start, contentType) ? Body.HTML : Body.OTHER, start, Map.of());
  }

  private static boolean isPage(String start, Optional<String> contentType) {
    String lower = start.toLowerCase(Locale.ROOT);
    return lower.startsWith("<!doctype html")
        || lower.startsWith("<html")
        || contentType.filter(type -> type.toLowerCase(Locale.ROOT).contains("html")).isPresent();
  }

  /** Whether it is one whole JSON document that keeps to the limits. */
  private static boolean parse(
      byte[] body, Collection<String> pointers, Map<String, List<Fact>> facts) {
    List<String[]> wanted =
        pointers.stream().map(pointer -> pointer.substring(1).split("/", -1)).toList();
    List<String> named = List.copyOf(pointers);
    List<String> path = new ArrayList<>();
    List<Integer> elements = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          path.set(path.size() - 1, parser.currentName());
          continue;
        }
        if (token.isStructEnd()) {
          path.removeLast();
          elements.removeLast();
          if (elements.isEmpty()) {
            return parser.nextToken() == null;
          }
          continue;
        }
        count(path, elements);
        keep(parser, token, path, wanted, named, facts);
        if (token.isStructStart()) {
          path.add("");
          elements.add(token == JsonToken.START_ARRAY ? 0 : -1);
        }
      }
      return false;
    } catch (IOException notJson) {
      // Its message quotes the answer.
      facts.clear();
      return false;
    }
  }

  /** Elements of arrays are named by their place. */
  private static void count(List<String> path, List<Integer> elements) {
    if (!elements.isEmpty() && elements.getLast() >= 0) {
      path.set(path.size() - 1, String.valueOf(elements.getLast()));
      elements.set(elements.size() - 1, elements.getLast() + 1);
    }
  }

  private static void keep(
      JsonParser parser,
      JsonToken token,
      List<String> path,
      List<String[]> wanted,
      List<String> named,
      Map<String, List<Fact>> facts)
      throws IOException {
    for (int i = 0; i < wanted.size(); i++) {
      if (fits(path, wanted.get(i))) {
        List<Fact> here = facts.computeIfAbsent(named.get(i), _ -> new ArrayList<>());
        if (here.size() < MOST_AT_ONE_PLACE) {
          here.add(new Fact(sort(token), token.isScalarValue() ? parser.getText() : ""));
        }
      }
    }
  }

  private static boolean fits(List<String> path, String[] wanted) {
    if (path.size() != wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static String sort(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "array";
      case START_OBJECT -> "object";
      case VALUE_STRING -> "string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
      case VALUE_TRUE, VALUE_FALSE -> "boolean";
      default -> "null";
    };
  }

  Body kind() {
    return kind;
  }

  /** Whether what stands at a pointer fits a condition. */
  boolean fits(String pointer, Match wanted) {
    List<Fact> here = facts.getOrDefault(pointer, List.of());
    return here.isEmpty()
        ? wanted.fitsAbsence()
        : here.stream().anyMatch(fact -> wanted.fits(fact.sort(), fact.text()));
  }

  /** Whether the body as a text fits a condition. */
  boolean textFits(Match wanted) {
    return wanted.fits("string", start);
  }

  /** The first text, number or truth value at a pointer. */
  Optional<String> scalar(String pointer) {
    return facts.getOrDefault(pointer, List.of()).stream()
        .filter(Fact::isScalar)
        .map(Fact::text)
        .findFirst();
  }

  /** Without what was read. */
  @Override
  public String toString() {
    return "AnswerFacts[" + kind.code() + ']';
  }
}
