package io.coffer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {

  @Test
  void keepsWhatIsWithinTheLimitsAsItIs() {
    Discovered found = new Discovered(List.of(table("a", 3), table("b", 3)), List.of(), false);
    assertThat(new Limits(2, 3, 6).apply(found)).isEqualTo(found);
  }

  @Test
  void saysThatTablesWereLeftOut() {
    Discovered found = new Discovered(List.of(table("a", 1), table("b", 1)), List.of(), false);
    Discovered kept = new Limits(1, 10, 10).apply(found);
    assertThat(kept.tables()).extracting(table -> table.name().name()).containsExactly("a");
    assertThat(kept.truncated()).isTrue();
  }

  @Test
  void saysThatColumnsWereLeftOut() {
    Discovered found = new Discovered(List.of(table("a", 5), table("b", 5)), List.of(), false);
    assertThat(new Limits(9, 4, 100).apply(found).columns()).isEqualTo(8);
    assertThat(new Limits(9, 4, 100).apply(found).truncated()).isTrue();
    assertThat(new Limits(9, 9, 7).apply(found).columns()).isEqualTo(7);
    assertThat(new Limits(9, 9, 7).apply(found).truncated()).isTrue();
    assertThat(new Limits(9, 9, 5).apply(found).tables()).hasSize(1);
  }

  @Test
  void cutsTextsAndFreesThemOfControlCharacters() {
    Table noisy =
        new Table(
            new TableName(null, "s\u0000", "t".repeat(300)),
            TableKind.VIEW,
            "\u0007 ",
            null,
            List.of(new Column("c\u001b[31m", "text", true, "x".repeat(2_000), "d".repeat(5_000))),
            List.of(),
            List.of());
    Table kept =
        new Limits(9, 9, 9)
            .apply(new Discovered(List.of(noisy), List.of(), false))
            .tables()
            .getFirst();
    assertThat(kept.name().schema()).isEqualTo("s");
    assertThat(kept.name().name()).hasSize(Limits.IDENTIFIER);
    assertThat(kept.description()).isNull();
    assertThat(kept.columns().getFirst().name()).isEqualTo("c[31m");
    assertThat(kept.columns().getFirst().defaultValue()).hasSize(Limits.EXPRESSION);
    assertThat(kept.columns().getFirst().description()).hasSize(Limits.DESCRIPTION);
  }

  private static Table table(String name, int columns) {
    return new Table(
        new TableName(null, "public", name),
        TableKind.TABLE,
        null,
        null,
        IntStream.range(0, columns)
            .mapToObj(i -> new Column("c" + i, "text", true, null, null))
            .toList(),
        List.of(),
        List.of());
  }
}
