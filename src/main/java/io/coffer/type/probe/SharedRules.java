package io.coffer.type.probe;

import io.coffer.type.PackYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What several types share, from {@code types/probe/shared.yaml}: cases and rows of answers by
 * name. A declaration refers to them by {@code like}, and so may they.
 */
public final class SharedRules {

  private static final String RESOURCE = "/types/probe/shared.yaml";
  private static final int MOST_DEPTH = 4;
  private static final Content CONTENT = read();

  private SharedRules() {}

  record Content(Map<String, List<HttpCase>> cases, Map<String, List<AnswerRule>> answers) {

    Content {
      cases = Absent.map(cases);
      answers = Absent.map(answers);
    }
  }

  /** The declaration with everything that it refers to in place. */
  public static List<HttpCase> resolve(List<HttpCase> cases) {
    return cases.stream()
        .flatMap(SharedRules::resolve)
        .map(one -> one.with(one.calls().stream().map(SharedRules::resolve).toList()))
        .toList();
  }

  private static Stream<HttpCase> resolve(HttpCase one) {
    return one.like() == null
        ? Stream.of(one)
        : known(CONTENT.cases, one.like()).stream().map(shared -> shared.and(one.when()));
  }

  private static CallRule resolve(CallRule call) {
    return call.with(rows(call.answers(), 0));
  }

  private static List<AnswerRule> rows(List<AnswerRule> rows, int depth) {
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException("what is shared refers to itself");
    }
    return rows.stream()
        .flatMap(
            row ->
                row.like() == null
                    ? Stream.of(row)
                    : rows(known(CONTENT.answers, row.like()), depth + 1).stream())
        .toList();
  }

  private static <T> List<T> known(Map<String, List<T>> all, String name) {
    List<T> found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException("nothing shared is called " + name);
    }
    return found;
  }

  private static Content read() {
    try (InputStream in = SharedRules.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return PackYaml.read(in, Content.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
