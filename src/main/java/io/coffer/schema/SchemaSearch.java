package io.coffer.schema;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds tables by their names and those of their columns, in all schemas that a caller may read.
 */
@ApplicationScoped
class SchemaSearch {

  /** How long what is looked for may be. */
  static final int LONGEST = 256;

  private static final AccessDecision DECISION = AccessDecision.over("c", 1);
  private static final int FIRST = AccessDecision.PARAMETERS + 1;

  /** Each way to a row gives its own part, so that an index serves it. */
  private static final String VISIBLE =
      DECISION.ways().stream()
          .map(
              way ->
                  "(select c.id from credential c"
                      + DECISION.from()
                      + " where decision.rights <> 0 and c.deleted_at is null and c.has_schema and "
                      + way
                      + ")")
          .collect(Collectors.joining(" union "));

  private static final String SQL =
      DECISION.with()
          + "select c.id credential, c.name credential_name, k.slug, s.snapshot, t.position,"
          + " t.catalog, t.schema, t.name, t.kind, t.content from ("
          + VISIBLE
          + ") visible (id) join credential c on c.id = visible.id"
          + " join credential_type k on k.id = c.type"
          + " cross join lateral (select id snapshot from schema_snapshot where credential = c.id"
          + " order by taken_at desc, id desc limit 1) s"
          + " join schema_table t on t.snapshot = s.snapshot"
          + (" where t.names like $%d::text and (c.id, t.position) > ($%d::uuid, $%d::integer)"
                  + " order by c.id, t.position limit $%d::integer")
              .formatted(FIRST, FIRST + 1, FIRST + 2, FIRST + 3);

  private final Pool pool;

  SchemaSearch(Pool pool) {
    this.pool = pool;
  }

  /**
   * A table that was found.
   *
   * @param credential whose database has it
   * @param credentialName the credential's name
   * @param type the slug of its type
   * @param snapshot in which it stands
   * @param position where it stands there
   */
  record Hit(
      UUID credential,
      String credentialName,
      String type,
      UUID snapshot,
      int position,
      Table table) {}

  /** After which hit a page begins. */
  record Place(UUID credential, int position) {
    static final Place BEGIN = new Place(new UUID(0, 0), -1);
  }

  /** Tables of which the name, or that of a column, has the text in it. */
  Uni<List<Hit>> find(Caller caller, String text, Place after, int atMost) {
    List<Object> parameters = new ArrayList<>(AccessDecision.parameters(caller));
    parameters.addAll(List.of(pattern(text), after.credential(), after.position(), atMost));
    return pool.preparedQuery(SQL)
        .execute(Tuple.from(parameters))
        .map(rows -> SnapshotStore.all(rows, SchemaSearch::read));
  }

  private static Hit read(Row row) {
    return new Hit(
        row.getUUID("credential"),
        row.getString("credential_name"),
        row.getString("slug"),
        row.getUUID("snapshot"),
        row.getInteger("position"),
        SnapshotStore.table(row));
  }

  /** A pattern for {@code like} over names in lower case, in which the text stands for itself. */
  static String pattern(String search) {
    String literal =
        search
            .toLowerCase(Locale.ROOT)
            .replace("\\", "\\\\")
            .replace("%", "\\%")
            .replace("_", "\\_");
    return '%' + literal + '%';
  }
}
