package io.coffer.credential;

import io.coffer.access.AccessDecision;
import io.coffer.access.Caller;
import io.coffer.access.Rights;
import io.coffer.web.JsonBody;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.SqlText;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Credentials in the database. Whatever it reads for a caller it reads through the one decision, so
 * that what the caller may not see is not found.
 */
@ApplicationScoped
class CredentialRepository implements PanacheRepositoryBase<CredentialEntity, UUID> {

  private static final AccessDecision DECISION = AccessDecision.over("c", 1);
  private static final Pattern CAST = Pattern.compile("\\$(\\d+)::([a-z]+)");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\d+)");

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
    SqlText sql = select(caller, stage).append(" and c.id = ").bind(id, "uuid");
    return rows(sql).map(rows -> rows.stream().findFirst());
  }

  /** The default of a type in the caller's organization, if there is one. */
  Uni<Optional<Found>> findDefault(Caller caller, UUID type) {
    SqlText sql =
        select(caller, Stage.LIVE).append(" and c.is_default and c.type = ").bind(type, "uuid");
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

  /** One page of what the caller may see, with one row more if there is a next page. */
  Uni<List<Found>> list(Caller caller, Stage stage, ListQuery query, List<String> labels) {
    SqlText sql = select(caller, stage);
    appendLabels(sql, labels);
    query.appendFilters(sql);
    query.appendPage(sql, "c.id");
    return rows(sql);
  }

  /** How many there are in all. */
  Uni<Long> count(Caller caller, Stage stage, ListQuery query, List<String> labels) {
    SqlText sql = where(new SqlText(), caller, stage, "select count(*) ");
    appendLabels(sql, labels);
    query.appendFilters(sql);
    return Panache.withSession(
        () ->
            Panache.getSession()
                .chain(
                    session ->
                        bind(session.createNativeQuery(hibernate(sql), Long.class), sql)
                            .getSingleResult()));
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
    return Panache.withSession(
        () ->
            Panache.getSession()
                .chain(
                    session ->
                        bind(session.createNativeQuery(hibernate(sql), UUID.class), sql)
                            .getSingleResultOrNull()));
  }

  /** Stands for "no owner" where null would make every row unlike every other. */
  static final UUID NO_OWNER = new UUID(0, 0);

  private static SqlText select(Caller caller, Stage stage) {
    return where(new SqlText(), caller, stage, "select c.*, " + DECISION.rights() + " as rights ");
  }

  private static SqlText where(SqlText sql, Caller caller, Stage stage, String select) {
    return sql.with(AccessDecision.parameters(caller))
        .append(select)
        .append("from credential c join credential_type t on t.id = c.type where ")
        .append(stage.condition)
        .append(" and ")
        .append(DECISION.visible());
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

  private static Uni<List<Found>> rows(SqlText sql) {
    return Panache.withSession(
        () ->
            Panache.getSession()
                .chain(
                    session ->
                        bind(
                                session.createNativeQuery(
                                    hibernate(sql),
                                    session.getResultSetMapping(
                                        Object[].class, CredentialEntity.WITH_RIGHTS)),
                                sql)
                            .getResultList())
                .map(rows -> rows.stream().map(CredentialRepository::found).toList()));
  }

  private static Found found(Object[] row) {
    return new Found((CredentialEntity) row[0], new Rights((Integer) row[1]));
  }

  private static <T> Mutiny.SelectionQuery<T> bind(Mutiny.SelectionQuery<T> query, SqlText sql) {
    Mutiny.SelectionQuery<T> bound = query;
    for (int i = 0; i < sql.parameters().size(); i++) {
      bound = bound.setParameter(i + 1, sql.parameters().get(i));
    }
    return bound;
  }

  /** Hibernate numbers its placeholders with a question mark and takes {@code ::} for a name. */
  private static String hibernate(SqlText sql) {
    String cast = CAST.matcher(sql.text()).replaceAll("cast(?$1 as $2)");
    return PLACEHOLDER.matcher(cast).replaceAll("?$1");
  }
}
