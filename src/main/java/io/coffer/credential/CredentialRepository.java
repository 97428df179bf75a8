package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.access.Right;
import io.coffer.access.Rights;
import io.coffer.web.JsonBody;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.SqlText;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Credentials in the database. Whatever it reads for a caller it reads through the one decision, so
 * that what the caller may not see is not found.
 */
@ApplicationScoped
class CredentialRepository implements PanacheRepositoryBase<CredentialEntity, UUID> {

  private static final AccessDecision DECISION = AccessDecision.over("c", 1);
  private static final String TABLES =
      " from credential c join credential_type t on t.id = c.type" + DECISION.from();
  private static final String SELECTED =
      "select " + CredentialRow.COLUMNS + ", %s, decision.rights";

  private final Pool pool;

  CredentialRepository(Pool pool) {
    this.pool = pool;
  }

  /** Which part of its life a credential must be in to be found. */
  enum Stage {
    LIVE("c.deleted_at is null"),
    DELETED("c.deleted_at is not null and c.purged_at is null"),
    UNPURGED("c.purged_at is null");

    private final String condition;

    Stage(String condition) {
      this.condition = condition;
    }
  }

  /**
   * A credential and what the caller may do with it.
   *
   * @param row the credential
   * @param rights never none
   */
  record Found(CredentialEntity row, Rights rights) {}

  /** The credential, if the caller may see it. */
  Uni<Optional<Found>> find(Caller caller, UUID id, Stage stage) {
    SqlText sql = one(caller, stage).append(" and c.id = ").bind(id, "uuid");
    return rows(sql).map(rows -> rows.stream().findFirst());
  }

  /** The default of a type in the caller's organization, if there is one. */
  Uni<Optional<Found>> findDefault(Caller caller, UUID type) {
    SqlText sql =
        one(caller, Stage.LIVE)
            .append(" and c.is_default and c.organization = ")
            .bind(caller.organization(), "uuid")
            .append(" and c.type = ")
            .bind(type, "uuid");
    return rows(sql).map(rows -> rows.stream().findFirst());
  }

  /** The default of a type in an organization, whoever may see it. */
  Uni<Optional<CredentialEntity>> findDefault(UUID organization, UUID type) {
    return Panache.withSession(
        () ->
            find("organization = ?1 and type = ?2 and isDefault", organization, type)
                .firstResult()
                .map(Optional::ofNullable));
  }

  /**
   * One page of what the caller may see, without the sealed values, with one row more if there is a
   * next page. Each way to a row gives its own page, so that none costs more than a page.
   */
  Uni<List<Found>> list(Caller caller, Stage stage, ListQuery query, List<String> labels) {
    SqlText sql = begun(caller).append(SELECTED.formatted("null::bytea")).append(" from (");
    appendWays(
        sql,
        stage,
        part -> {
          appendLabels(part, labels);
          query.appendFilters(part);
          query.appendPage(part, "c.id");
        });
    sql.append(
        """
        ) decision (id, rights)
        join credential c on c.id = decision.id join credential_type t on t.id = c.type""");
    query.appendOrder(sql, "c.id");
    return rows(sql);
  }

  /** How many there are in all. */
  Uni<Long> count(Caller caller, Stage stage, ListQuery query, List<String> labels) {
    SqlText sql = begun(caller).append("select count(*) from (");
    appendWays(
        sql,
        stage,
        part -> {
          appendLabels(part, labels);
          query.appendFilters(part);
        });
    sql.append(") visible");
    return execute(sql).map(rows -> rows.iterator().next().getLong(0));
  }

  /**
   * The text of a statement that begins with what it is given and goes on with the ids of what the
   * caller may use and the filters leave.
   *
   * @param before ends in {@code select …, }
   */
  static SqlText usable(
      Caller caller, ListQuery query, List<String> labels, Consumer<SqlText> before, int most) {
    SqlText sql = begun(caller);
    before.accept(sql);
    sql.append("usable.id from (");
    appendWays(
        sql,
        Stage.LIVE,
        part -> {
          appendLabels(part, labels);
          query.appendFilters(part);
        });
    return sql.append(") usable (id, rights) where (usable.rights & " + Right.USE.bit() + ") <> 0")
        .append(" order by usable.id limit " + most);
  }

  /** The live credential that has the key; null if there is none. For conflicts only. */
  Uni<UUID> idOfNameKey(UUID organization, UUID owner, String nameKey) {
    SqlText sql =
        new SqlText()
            .append("select c.id from credential c where c.deleted_at is null")
            .append(" and c.organization = ")
            .bind(organization, "uuid")
            .append(" and coalesce(c.owner, '" + NO_OWNER + "') = ")
            .bind(owner, "uuid")
            .append(" and c.name_key = ")
            .bind(nameKey, "text");
    return execute(sql).map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID(0));
  }

  /** Which of the keys live credentials of that owner have. */
  Uni<List<String>> takenNameKeys(UUID organization, UUID owner, List<String> nameKeys) {
    SqlText sql =
        new SqlText()
            .append("select c.name_key from credential c where c.deleted_at is null")
            .append(" and c.organization = ")
            .bind(organization, "uuid")
            .append(" and coalesce(c.owner, '" + NO_OWNER + "') = ")
            .bind(owner, "uuid")
            .append(" and c.name_key in (");
    for (int i = 0; i < nameKeys.size(); i++) {
      sql.append(i == 0 ? "" : ", ").bind(nameKeys.get(i), "text");
    }
    return execute(sql.append(")"))
        .map(
            rows -> {
              List<String> taken = new ArrayList<>();
              rows.forEach(row -> taken.add(row.getString(0)));
              return taken;
            });
  }

  /** Which of them are not deleted. */
  Uni<List<UUID>> live(List<UUID> ids) {
    SqlText sql =
        new SqlText()
            .append("select c.id from credential c where c.deleted_at is null and c.id in (");
    for (int i = 0; i < ids.size(); i++) {
      sql.append(i == 0 ? "" : ", ").bind(ids.get(i), "uuid");
    }
    return execute(sql.append(") order by c.id"))
        .map(
            rows -> {
              List<UUID> live = new ArrayList<>();
              rows.forEach(row -> live.add(row.getUUID(0)));
              return live;
            });
  }

  /** Stands for "no owner" where null would make every row unlike every other. */
  static final UUID NO_OWNER = new UUID(0, 0);

  private static SqlText one(Caller caller, Stage stage) {
    return begun(caller)
        .append(SELECTED.formatted("c.sealed"))
        .append(TABLES)
        .append(" where decision.rights <> 0 and ")
        .append(stage.condition);
  }

  private static SqlText begun(Caller caller) {
    return new SqlText().with(AccessDecision.parameters(caller)).append(DECISION.with());
  }

  private static void appendWays(SqlText sql, Stage stage, Consumer<SqlText> rest) {
    String separator = "";
    for (String way : DECISION.ways()) {
      sql.append(separator)
          .append("(select c.id, decision.rights")
          .append(TABLES)
          .append(" where decision.rights <> 0 and " + stage.condition + " and " + way);
      rest.accept(sql);
      sql.append(")");
      separator = " union ";
    }
  }

  private static void appendLabels(SqlText sql, List<String> labels) {
    for (String label : labels) {
      if (!JsonBody.isStorable(label)) {
        throw new InvalidQuery("label", "It must be Unicode text without the character U+0000.");
      }
      int split = label.indexOf('=');
      sql.append(" and c.labels ->> ").bind(split < 0 ? label : label.substring(0, split), "text");
      if (split < 0) {
        sql.append(" is not null");
      } else {
        sql.append(" = ").bind(label.substring(split + 1), "text");
      }
    }
  }

  private Uni<List<Found>> rows(SqlText sql) {
    return execute(sql)
        .map(
            rows -> {
              List<Found> found = new ArrayList<>(rows.size());
              for (Row row : rows) {
                Rights rights = new Rights(row.getInteger(row.size() - 1));
                found.add(new Found(CredentialRow.read(row), rights));
              }
              return found;
            });
  }

  private Uni<RowSet<Row>> execute(SqlText sql) {
    return pool.preparedQuery(sql.text()).execute(Tuple.tuple(sql.parameters()));
  }
}
