package io.coffer.access.organization;

import io.coffer.access.Bearer;
import io.coffer.access.Denied;
import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.coffer.web.list.Listing;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the organizations that somebody belongs to; system administrators belong to all. */
@ApplicationScoped
class OrganizationReading {

  static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "o.id"),
              ListField.text("slug", "o.slug"),
              ListField.text("name", "o.name"),
              ListField.integer("revision", "o.revision"),
              ListField.instant("created_at", "o.created_at"),
              ListField.instant("updated_at", "o.updated_at")),
          List.of("o.slug", "o.name"),
          "slug",
          Set.of());

  private static final String FROM =
      """
      from organization o
      left join membership m on m.organization = o.id and m.principal = $1::uuid
      where ($2::boolean or m.principal is not null or o.slug = any($3::text[]))""";

  private final Pool database;

  OrganizationReading(Pool database) {
    this.database = database;
  }

  Uni<ListView<OrganizationView>> list(Bearer bearer, ListQuery query) {
    SqlText from = new SqlText().append(FROM).with(whose(bearer));
    return new Listing<>(
            OrganizationView.COLUMNS, "o.id", "id", row -> OrganizationView.read(row, bearer))
        .page(database, from, query);
  }

  /**
   * The organization of this id or slug.
   *
   * @return fails with {@link Denied.NotVisible} if there is none, or none of the bearer's
   */
  Uni<OrganizationView> read(Bearer bearer, String slugOrId) {
    Tuple values = Tuple.tuple();
    whose(bearer).forEach(values::addValue);
    return database
        .preparedQuery(
            "select "
                + OrganizationView.COLUMNS
                + " "
                + FROM
                + " and (o.slug = $4::text or o.id::text = $4::text)")
        .execute(values.addValue(slugOrId.toLowerCase(Locale.ROOT)))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(row -> OrganizationView.read(row, bearer))
                    .orElseThrow(Denied.NotVisible::new));
  }

  private static List<Object> whose(Bearer bearer) {
    return List.of(
        bearer.principal(), bearer.systemAdmin(), bearer.byClaim().keySet().toArray(String[]::new));
  }
}
