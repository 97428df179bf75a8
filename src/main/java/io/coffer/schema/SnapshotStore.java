package io.coffer.schema;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Snapshots of schemas in the database. A snapshot is whole or not there. */
@ApplicationScoped
class SnapshotStore {

  private static final int TABLES_AT_ONCE = 500;
  private static final String COLUMNS =
      "s.id, s.credential, s.version, s.dialect, s.included, s.excluded, s.truncated,"
          + " s.table_count, s.column_count, s.fault_schemas, s.fault_codes, s.taken_at";

  private final Pool pool;

  SnapshotStore(Pool pool) {
    this.pool = pool;
  }

  /** Keeps a snapshot, marks the credential, and lets go of the oldest beyond so many. */
  Uni<Snapshot> keep(Snapshot snapshot, List<Table> tables, int atMost) {
    return pool.withTransaction(
            connection ->
                insert(connection, snapshot)
                    .chain(() -> insert(connection, snapshot.id(), tables, 0))
                    .chain(() -> mark(connection, snapshot))
                    .chain(() -> clear(connection, snapshot.credential(), atMost)))
        .replaceWith(snapshot);
  }

  /** The newest snapshots of a credential, the newest first. */
  Uni<List<Snapshot>> newest(UUID credential, int atMost) {
    return rows(
        pool,
        "select "
            + COLUMNS
            + " from schema_snapshot s where s.credential = $1"
            + " order by s.taken_at desc, s.id desc limit $2",
        Tuple.of(credential, atMost),
        SnapshotStore::read);
  }

  /** That snapshot, if it is of that credential. */
  Uni<Optional<Snapshot>> find(UUID credential, UUID id) {
    return rows(
            pool,
            "select " + COLUMNS + " from schema_snapshot s where s.credential = $1 and s.id = $2",
            Tuple.of(credential, id),
            SnapshotStore::read)
        .map(found -> found.stream().findFirst());
  }

  /**
   * A table and where it stands in its snapshot.
   *
   * @param position from 0
   */
  record Placed(int position, Table table) {}

  /**
   * Tables of a snapshot in their order.
   *
   * @param from the first position that counts
   * @param search a part of the name of the table or a column; empty: any
   */
  Uni<List<Placed>> tables(UUID snapshot, int from, int atMost, String search) {
    return rows(
        pool,
        "select position, catalog, schema, name, kind, content from schema_table"
            + " where snapshot = $1 and position >= $2 and ($3 = '' or names like $4)"
            + " order by position limit $5",
        Tuple.of(snapshot, from, search, SchemaSearch.pattern(search), atMost),
        row -> new Placed(row.getInteger("position"), table(row)));
  }

  private static Uni<Void> insert(SqlConnection connection, Snapshot snapshot) {
    List<Discovered.Fault> faults = snapshot.faults();
    return run(
        connection,
        "insert into schema_snapshot (id, credential, version, dialect, included, excluded,"
            + " truncated, table_count, column_count, fault_schemas, fault_codes, taken_at)"
            + " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        Tuple.from(
            Arrays.asList(
                snapshot.id(),
                snapshot.credential(),
                snapshot.version(),
                snapshot.dialect(),
                array(snapshot.selection().include()),
                array(snapshot.selection().exclude()),
                snapshot.truncated(),
                snapshot.tables(),
                snapshot.columns(),
                array(faults.stream().map(Discovered.Fault::schema).toList()),
                array(faults.stream().map(Discovered.Fault::code).toList()),
                snapshot.takenAt().atOffset(ZoneOffset.UTC))));
  }

  /**
   * Some hundred rows a statement, so that neither their number nor their size is without bound.
   */
  private static Uni<Void> insert(
      SqlConnection connection, UUID snapshot, List<Table> tables, int from) {
    if (from >= tables.size()) {
      return Uni.createFrom().voidItem();
    }
    int to = Math.min(from + TABLES_AT_ONCE, tables.size());
    List<Tuple> rows =
        IntStream.range(from, to).mapToObj(at -> row(snapshot, at, tables.get(at))).toList();
    return connection
        .preparedQuery(
            "insert into schema_table (snapshot, position, catalog, schema, name, kind, content,"
                + " names) values ($1, $2, $3, $4, $5, $6, $7, $8)")
        .executeBatch(rows)
        .chain(() -> insert(connection, snapshot, tables, to));
  }

  private static Tuple row(UUID snapshot, int position, Table table) {
    return Tuple.from(
        Arrays.asList(
            snapshot,
            position,
            table.name().catalog(),
            table.name().schema(),
            table.name().name(),
            table.kind().wireName(),
            TableJson.write(table),
            TableJson.names(table)));
  }

  private static Uni<Void> mark(SqlConnection connection, Snapshot snapshot) {
    return run(
        connection,
        "update credential set has_schema = true, schema_updated_at = $2 where id = $1",
        Tuple.of(snapshot.credential(), snapshot.takenAt().atOffset(ZoneOffset.UTC)));
  }

  private static Uni<Void> clear(SqlConnection connection, UUID credential, int atMost) {
    return run(
        connection,
        "delete from schema_snapshot where credential = $1 and id not in (select id"
            + " from schema_snapshot where credential = $1 order by taken_at desc, id desc limit $2)",
        Tuple.of(credential, atMost));
  }

  private static Uni<Void> run(SqlClient client, String sql, Tuple parameters) {
    return client.preparedQuery(sql).execute(parameters).replaceWithVoid();
  }

  private static <T> Uni<List<T>> rows(
      SqlClient client, String sql, Tuple parameters, Function<Row, T> read) {
    return client.preparedQuery(sql).execute(parameters).map(rows -> all(rows, read));
  }

  static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
    List<T> all = new ArrayList<>(rows.size());
    rows.forEach(row -> all.add(read.apply(row)));
    return all;
  }

  static Table table(Row row) {
    return TableJson.read(
        new TableName(row.getString("catalog"), row.getString("schema"), row.getString("name")),
        TableKind.ofStored(row.getString("kind")),
        (JsonObject) row.getValue("content"));
  }

  private static Snapshot read(Row row) {
    String[] schemas = row.getArrayOfStrings("fault_schemas");
    String[] codes = row.getArrayOfStrings("fault_codes");
    return new Snapshot(
        row.getUUID("id"),
        row.getUUID("credential"),
        row.getInteger("version"),
        row.getString("dialect"),
        new Selection(
            List.of(row.getArrayOfStrings("included")), List.of(row.getArrayOfStrings("excluded"))),
        row.getBoolean("truncated"),
        row.getInteger("table_count"),
        row.getInteger("column_count"),
        IntStream.range(0, schemas.length)
            .mapToObj(i -> new Discovered.Fault(schemas[i], codes[i]))
            .toList(),
        row.getOffsetDateTime("taken_at").toInstant());
  }

  private static String[] array(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}
