package io.coffer.access.team;

import io.coffer.access.Caller;
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
import java.util.Set;
import java.util.UUID;

/** Finds the teams of the selected organization, for anybody who belongs to it. */
@ApplicationScoped
class TeamReading {

  static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "t.id"),
              ListField.text("name", "t.name"),
              ListField.text("description", "t.description"),
              new ListField("claim_value", "t.claim_value", ListField.Kind.TEXT, false, null),
              ListField.integer("revision", "t.revision"),
              ListField.instant("created_at", "t.created_at"),
              ListField.instant("updated_at", "t.updated_at")),
          List.of("t.name", "t.description"),
          "name",
          Set.of("member"));

  private static final String FROM = "from team t where t.organization = $1::uuid";

  private static final Listing<TeamView> LISTING =
      new Listing<>(TeamView.COLUMNS, "t.id", "id", TeamView::read);

  private final Pool database;

  TeamReading(Pool database) {
    this.database = database;
  }

  /**
   * A page.
   *
   * @param members by row, whose teams alone are wanted; none: all teams
   */
  Uni<ListView<TeamView>> list(Caller caller, ListQuery query, List<UUID> members) {
    SqlText from = new SqlText().append(FROM).with(List.of(caller.organization()));
    for (UUID member : members) {
      from.append(" and t.id in (select tm.team from team_member tm where tm.principal = ")
          .bind(member, "uuid")
          .append(")");
    }
    return LISTING.page(database, from, query);
  }

  /**
   * One team.
   *
   * @return fails with {@link Denied.NotVisible} if the organization has none of this id
   */
  Uni<TeamView> read(Caller caller, UUID id) {
    return database
        .preparedQuery("select " + TeamView.COLUMNS + " " + FROM + " and t.id = $2")
        .execute(Tuple.of(caller.organization(), id))
        .map(
            rows ->
                rows.stream().findFirst().map(TeamView::read).orElseThrow(Denied.NotVisible::new));
  }
}
