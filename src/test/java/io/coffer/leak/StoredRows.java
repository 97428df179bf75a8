package io.coffer.leak;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.stream.StreamSupport;

/** The rows of every table, each as one text with its bytes in hexadecimal. */
final class StoredRows {

  private static final String TABLES =
      "select quote_ident(table_name) from information_schema.tables"
          + " where table_schema = current_schema() and table_type = 'BASE TABLE'";

  private final Pool pool;

  StoredRows(Pool pool) {
    this.pool = pool;
  }

  List<String> tables() {
    return texts(TABLES);
  }

  /** Searches all rows; gives how many there were. */
  @CanIgnoreReturnValue
  int search(Findings findings) {
    int rows = 0;
    for (String table : tables()) {
      for (String row : texts("select t::text from " + table + " t")) {
        findings.search("table " + table, row);
        rows++;
      }
    }
    return rows;
  }

  private List<String> texts(String sql) {
    Iterable<Row> rows = pool.query(sql).executeAndAwait();
    return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString(0)).toList();
  }
}
