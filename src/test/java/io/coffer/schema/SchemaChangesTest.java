package io.coffer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.schema.SchemaChanges.ChangedColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaChangesTest {

  private static final Column ID = new Column("id", "bigint", false, null, null);
  private static final Column TOTAL = new Column("total", "numeric(10,2)", true, "0", null);
  private static final Table ORDERS = table("orders", ID, TOTAL);

  @Test
  void findsNothingBetweenEqualSchemas() {
    assertThat(
            SchemaChanges.between(List.of(ORDERS), List.of(table("orders", ID, TOTAL))).isEmpty())
        .isTrue();
  }

  @Test
  void doesNotCountEstimatesOfRows() {
    Table grown =
        new Table(ORDERS.name(), ORDERS.kind(), null, 99L, ORDERS.columns(), List.of(), List.of());
    assertThat(SchemaChanges.between(List.of(ORDERS), List.of(grown)).isEmpty()).isTrue();
  }

  @Test
  void tellsTablesThatCameAndWent() {
    SchemaChanges changes = SchemaChanges.between(List.of(ORDERS), List.of(table("customers", ID)));
    assertThat(changes.added()).extracting(TableName::name).containsExactly("customers");
    assertThat(changes.removed()).extracting(TableName::name).containsExactly("orders");
    assertThat(changes.changed()).isEmpty();
  }

  @Test
  void tellsColumnsThatCameWentAndChanged() {
    Column wider = new Column("total", "numeric(12,2)", true, "0", null);
    Column note = new Column("note", "text", true, null, "free text");
    SchemaChanges changes =
        SchemaChanges.between(List.of(ORDERS), List.of(table("orders", wider, note)));
    assertThat(changes.changed())
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.added()).containsExactly(note);
              assertThat(table.removed()).containsExactly("id");
              assertThat(table.changed()).containsExactly(new ChangedColumn(TOTAL, wider));
              assertThat(table.properties()).isEmpty();
            });
  }

  @Test
  void tellsWhatElseOfATableChanged() {
    Table view =
        new Table(
            ORDERS.name(),
            TableKind.VIEW,
            "all orders",
            null,
            List.of(TOTAL, ID),
            List.of("id"),
            List.of(
                new ForeignKey(List.of("id"), new TableName(null, "public", "x"), List.of("id"))));
    assertThat(SchemaChanges.between(List.of(ORDERS), List.of(view)).changed())
        .singleElement()
        .satisfies(
            table ->
                assertThat(table.properties())
                    .containsExactly(
                        "kind", "description", "primary_key", "foreign_keys", "column_order"));
  }

  private static Table table(String name, Column... columns) {
    return new Table(
        new TableName(null, "public", name),
        TableKind.TABLE,
        null,
        null,
        List.of(columns),
        List.of(),
        List.of());
  }
}
