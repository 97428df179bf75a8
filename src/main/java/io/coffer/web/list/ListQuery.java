package io.coffer.web.list;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list request that was read and found good; writes itself as SQL. */
public final class ListQuery {

  private final List<Filter> filters;
  private final List<String> searchColumns;
  private final Optional<String> search;
  private final List<OrderTerm> order;
  private final int pageSize;
  private final Optional<Cursor> cursor;
  private final boolean total;
  private final int fingerprint;

  ListQuery(
      List<Filter> filters,
      List<String> searchColumns,
      Optional<String> search,
      List<OrderTerm> order,
      int pageSize,
      Optional<Cursor> cursor,
      boolean total,
      int fingerprint) {
    this.filters = List.copyOf(filters);
    this.searchColumns = searchColumns;
    this.search = search;
    this.order = List.copyOf(order);
    this.pageSize = pageSize;
    this.cursor = cursor;
    this.total = total;
    this.fingerprint = fingerprint;
  }

  public int pageSize() {
    return pageSize;
  }

  /** Whether the caller wants to know how many there are in all. */
  public boolean wantsTotal() {
    return total;
  }

  /** Adds {@code and …} for every filter and the search, without the page. */
  public void appendFilters(SqlText sql) {
    for (Filter filter : filters) {
      if (!filter.alternative()) {
        sql.append(" and ");
        filter.appendTo(sql);
      }
    }
    appendAlternatives(sql, filters.stream().filter(Filter::alternative).toList());
    search.ifPresent(text -> appendSearch(sql, text));
  }

  /** Adds the cursor's condition, the order, and a limit of one row more than the page. */
  public void appendPage(SqlText sql, String idColumn) {
    cursor.ifPresent(
        from -> {
          sql.append(" and ");
          from.appendTo(sql, order, idColumn);
        });
    appendOrder(sql, idColumn);
  }

  /** Adds the order, and a limit of one row more than the page. */
  public void appendOrder(SqlText sql, String idColumn) {
    sql.append(" order by ");
    for (OrderTerm term : order) {
      sql.append(term.field().orderExpression()).append(term.direction()).append(", ");
    }
    sql.append(idColumn).append(order.getLast().direction());
    sql.append(" limit " + (pageSize + 1));
  }

  /**
   * Cuts the row that {@link #appendPage} fetched beyond the page.
   *
   * @param rows what the query gave
   * @param id a row's id
   * @param value a row's value of the field with the given name, null if it has none
   */
  public <T> Page<T> page(List<T> rows, Function<T, UUID> id, FieldReader<T> value) {
    if (rows.size() <= pageSize) {
      return new Page<>(rows, null);
    }
    List<T> shown = rows.subList(0, pageSize);
    T last = shown.getLast();
    List<String> values =
        order.stream().map(term -> Cursor.textOf(value.read(last, term.field().name()))).toList();
    return new Page<>(shown, new Cursor(values, id.apply(last)).encode(fingerprint));
  }

  /** Reads a row's value of a named field. */
  @FunctionalInterface
  public interface FieldReader<T> {
    @Nullable Object read(T row, String field);
  }

  /**
   * One page.
   *
   * @param rows what it shows
   * @param next the cursor of the next page; null on the last
   */
  public record Page<T>(List<T> rows, @Nullable String next) {}

  private static void appendAlternatives(SqlText sql, List<Filter> alternatives) {
    if (alternatives.isEmpty()) {
      return;
    }
    sql.append(" and (");
    for (int i = 0; i < alternatives.size(); i++) {
      sql.append(i == 0 ? "" : " or ");
      alternatives.get(i).appendTo(sql);
    }
    sql.append(")");
  }

  private void appendSearch(SqlText sql, String text) {
    sql.append(" and (");
    for (int i = 0; i < searchColumns.size(); i++) {
      sql.append(i == 0 ? "" : " or ").append(searchColumns.get(i)).append(" ilike ");
      sql.bind(Lookup.ICONTAINS.pattern(text), "text");
    }
    sql.append(")");
  }
}
