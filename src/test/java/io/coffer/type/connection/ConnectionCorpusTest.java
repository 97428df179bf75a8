package io.coffer.type.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionCorpusTest {

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(\\\\))");

  record Row(int number, Dialect dialect, String outcome, String text) {

    boolean wellFormed() {
      return outcome.equals("accept") || outcome.startsWith("later:");
    }

    static Row of(String line) {
      String[] cells = line.substring(0, line.length() - 1).split("\t", -1);
      return new Row(
          Integer.parseInt(cells[0]),
          Dialect.find(cells[1]).orElseThrow(),
          cells[2],
          ESCAPE.matcher(cells[3]).replaceAll(match -> unescaped(match.group(1))));
    }

    private static String unescaped(String hex) {
      return hex == null ? "\\\\" : String.valueOf((char) Integer.parseInt(hex, 16));
    }
  }

  static Stream<Row> refused() {
    return rows().filter(row -> !row.wellFormed());
  }

  static Stream<Row> wellFormed() {
    return rows().filter(Row::wellFormed);
  }

  static Stream<Row> rows() {
    try (InputStream file =
        Objects.requireNonNull(
            ConnectionCorpusTest.class.getResourceAsStream("/connection/corpus.tsv"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Row::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesWithTheCodeOfTheFirstBrokenRule(Row row) {
    ConnectionRefusal refusal =
        catchThrowableOfType(
            ConnectionRefusal.class,
            () -> ConnectionParser.parse(row.dialect(), row.text()).close());
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(row.outcome().split("/")).contains(refusal.code().code());
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void acceptsWhatIsWellFormed(Row row) {
    try (ConnectionParts parts = ConnectionParser.parse(row.dialect(), row.text())) {
      assertThat(parts.dialect()).isEqualTo(row.dialect());
    }
  }

  @ParameterizedTest
  @MethodSource("wellFormed")
  void writesAUrlThatItReadsBack(Row row) {
    try (ConnectionParts parts = ConnectionParser.parse(row.dialect(), row.text())) {
      RoundTrip.assertReadsBack(parts);
    }
  }
}
