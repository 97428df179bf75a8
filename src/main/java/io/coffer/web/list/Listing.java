package io.coffer.web.list;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one resource's rows are listed: a page is one statement, its total, if asked for, another.
 *
 * @param columns the selected expressions; those by which the list can be ordered are called like
 *     their {@link ListField}
 * @param idColumn the expression that breaks ties
 * @param idName what the id is called among the columns
 * @param read makes an item of a row
 */
public record Listing<T>(String columns, String idColumn, String idName, Function<Row, T> read) {

  /**
   * One page.
   *
   * @param from {@code from … where …} with what bounds the list; the filters follow with {@code
   *     and}
   */
  public Uni<ListView<T>> page(Pool database, SqlText from, ListQuery query) {
    SqlText page = begun(columns, from);
    query.appendFilters(page);
    query.appendPage(page, idColumn);
    return run(database, page)
        .chain(
            rows -> {
              ListQuery.Page<Row> cut =
                  query.page(rows.stream().toList(), row -> row.getUUID(idName), Listing::value);
              return total(database, from, query)
                  .map(
                      total ->
                          new ListView<>(
                              cut.rows().stream().map(read).toList(), cut.next(), total));
            });
  }

  private static Uni<@Nullable Long> total(Pool database, SqlText from, ListQuery query) {
    if (!query.wantsTotal()) {
      return Uni.createFrom().nullItem();
    }
    SqlText count = begun("count(*)", from);
    query.appendFilters(count);
    return run(database, count).map(rows -> rows.iterator().next().getLong(0));
  }

  private static SqlText begun(String columns, SqlText from) {
    return new SqlText()
        .append("select " + columns + " ")
        .append(from.text())
        .with(from.parameters());
  }

  private static Uni<RowSet<Row>> run(Pool database, SqlText sql) {
    return database.preparedQuery(sql.text()).execute(Tuple.tuple(sql.parameters()));
  }

  private static @Nullable Object value(Row row, String field) {
    Object value = row.getValue(field);
    return value instanceof OffsetDateTime time ? time.toInstant() : value;
  }
}
