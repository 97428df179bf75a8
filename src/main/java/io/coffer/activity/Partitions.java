package io.coffer.activity;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The monthly parts of the table of events, made before they are needed. */
final class Partitions {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'activity_'yyyy_MM", Locale.ROOT);

  private static final String PRESENT =
      "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
          + " where i.inhparent = 'activity'::regclass";

  private Partitions() {}

  /** The name of a month's part. */
  static String nameOf(LocalDate month) {
    return NAME.format(month);
  }

  /** The month of a part by its name. */
  static LocalDate monthOf(String name) {
    return LocalDate.parse(name + "_01", DateTimeFormatter.ofPattern("'activity_'yyyy_MM_dd"));
  }

  /**
   * Makes the parts of a month and the next, if they are not there.
   *
   * @return fails if the part of the month itself is not there afterwards
   */
  static Future<Void> ensure(SqlClient client, LocalDate month) {
    return present(client)
        .compose(
            there ->
                make(client, month, there).compose(_ -> make(client, month.plusMonths(1), there)));
  }

  /** The names of the parts that there are. */
  static Future<Set<String>> present(SqlClient client) {
    return client
        .query(PRESENT)
        .execute()
        .map(
            rows -> {
              Set<String> names = new HashSet<>();
              rows.forEach(row -> names.add(row.getString(0)));
              return names;
            });
  }

  private static Future<Void> make(SqlClient client, LocalDate month, Set<String> there) {
    String name = nameOf(month);
    if (there.contains(name)) {
      return Future.succeededFuture();
    }
    // One after the other: attaching keeps nobody from writing, making it in place would.
    String sql =
        """
        create table %1$s (like activity including defaults including constraints);
        alter table activity attach partition %1$s for values from ('%2$s') to ('%3$s')"""
            .formatted(name, month, month.plusMonths(1));
    return client
        .query("begin;" + sql + ";commit")
        .execute()
        .<Void>mapEmpty()
        .recover(
            failure ->
                client
                    .query("rollback")
                    .execute()
                    .compose(_ -> present(client))
                    // Another replica may have been quicker.
                    .compose(
                        now ->
                            now.contains(name)
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure)));
  }
}
