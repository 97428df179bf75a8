package io.coffer.access.people;

import io.coffer.access.Caller;
import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.coffer.web.list.Listing;
import io.coffer.web.list.SqlText;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds people, workloads and placeholders. Within an organization those are known who belong to it
 * by a row, who came with a token that names it, or who are in one of its teams; its admins also
 * know to whom something of it was granted. A system administrator knows everybody.
 */
@ApplicationScoped
public class People {

  static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "p.id"),
              ListField.text("user_name", "p.user_name"),
              unordered("display_name", "p.display_name"),
              ListField.text("kind", "p.kind"),
              unordered("issuer", "p.issuer"),
              unordered("subject", "p.subject"),
              ListField.bool("placeholder", "(p.issuer is null)"),
              ListField.bool("disabled", "(p.disabled_at is not null)"),
              ListField.instant("created_at", "p.first_seen_at")),
          List.of("p.user_name", "p.display_name"),
          "user_name",
          Set.of("all"));

  private static final String SELECT = "select " + PrincipalView.COLUMNS + " from principal p";

  /** Parameters: $1 organization, $2 whether grantees are known, $3 the caller. */
  private static final String KNOWN =
      """
       where p.id in (
        select m.principal from membership m where m.organization = $1::uuid
        union select s.principal from sighting s where s.organization = $1::uuid
        union select tm.principal from team t join team_member tm on tm.team = t.id
          where t.organization = $1::uuid
        union select g.principal from access_grant g
          where $2::boolean and g.organization = $1::uuid and g.principal is not null
        union select $3::uuid)""";

  private final Pool database;

  People(Pool database) {
    this.database = database;
  }

  /** Whom the caller knows in its organization. */
  Uni<ListView<PrincipalView>> list(Caller caller, ListQuery query) {
    SqlText from = new SqlText().append("from principal p " + KNOWN).with(known(caller));
    return listing(Viewer.of(caller)).page(database, from, query);
  }

  /** Everybody, for system administrators. */
  Uni<ListView<PrincipalView>> listAll(ListQuery query) {
    SqlText from = new SqlText().append("from principal p where true");
    return listing(Viewer.SYSTEM_ADMIN).page(database, from, query);
  }

  /** The one of this id, if the caller knows it. */
  public Uni<Optional<PrincipalView>> find(Caller caller, UUID id) {
    return Viewer.of(caller) == Viewer.SYSTEM_ADMIN ? find(id) : known(caller, "p.id = $4", id);
  }

  /** The one of this user name, if the caller knows it; the case counts. */
  public Uni<Optional<PrincipalView>> named(Caller caller, String userName) {
    return known(caller, "p.user_name = $4", userName);
  }

  /** The one of this id, whoever asks. */
  Uni<Optional<PrincipalView>> find(UUID id) {
    return database
        .preparedQuery(SELECT + " where p.id = $1")
        .execute(Tuple.of(id))
        .map(rows -> first(rows, Viewer.SYSTEM_ADMIN));
  }

  private Uni<Optional<PrincipalView>> known(Caller caller, String condition, Object value) {
    return database
        .preparedQuery(SELECT + " " + KNOWN + " and " + condition)
        .execute(Tuple.tuple(new ArrayList<>(known(caller))).addValue(value))
        .map(rows -> first(rows, Viewer.of(caller)));
  }

  private static List<Object> known(Caller caller) {
    boolean grantees = Viewer.of(caller) != Viewer.MEMBER;
    return List.of(caller.organization(), grantees, caller.principal());
  }

  private static Listing<PrincipalView> listing(Viewer viewer) {
    return new Listing<>(
        PrincipalView.COLUMNS, "p.id", "id", row -> PrincipalView.read(row, viewer));
  }

  private static Optional<PrincipalView> first(RowSet<Row> rows, Viewer viewer) {
    return rows.stream().map(row -> PrincipalView.read(row, viewer)).findFirst();
  }

  private static ListField unordered(String name, String column) {
    return new ListField(name, column, ListField.Kind.TEXT, false, null);
  }
}
