package io.coffer.access.organization;

import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Role;
import io.coffer.web.list.InvalidQuery;
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
import org.jspecify.annotations.Nullable;

/** Finds the members of the selected organization, for anybody who belongs to it. */
@ApplicationScoped
class MemberReading {

  static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "p.id"),
              ListField.text("user_name", "p.user_name"),
              unordered("display_name", "p.display_name"),
              ListField.text("kind", "p.kind"),
              unordered("issuer", "p.issuer"),
              unordered("subject", "p.subject"),
              ListField.bool("disabled", "(p.disabled_at is not null)"),
              ListField.instant("created_at", "m.created_at"),
              ListField.instant("updated_at", "m.updated_at")),
          List.of("p.user_name", "p.display_name"),
          "user_name",
          Set.of("role"));

  private static final String FROM =
      "from membership m join principal p on p.id = m.principal where m.organization = $1::uuid";

  private static final Listing<MemberView> LISTING =
      new Listing<>(MemberView.COLUMNS, "p.id", "id", MemberView::read);

  private final Pool database;

  MemberReading(Pool database) {
    this.database = database;
  }

  /**
   * A page.
   *
   * @param role which role's holders alone are wanted; null: everybody
   */
  Uni<ListView<MemberView>> list(Caller caller, ListQuery query, @Nullable String role) {
    SqlText from = new SqlText().append(FROM).with(List.of(caller.organization()));
    if (role != null) {
      from.append(" and ").bind(requireRole(role), "varchar(16)").append(" = any(m.roles)");
    }
    return LISTING.page(database, from, query);
  }

  /**
   * One member.
   *
   * @return fails with {@link Denied.NotVisible} if it is none by a row
   */
  Uni<MemberView> read(Caller caller, UUID principal) {
    return database
        .preparedQuery("select " + MemberView.COLUMNS + " " + FROM + " and p.id = $2")
        .execute(Tuple.of(caller.organization(), principal))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(MemberView::read)
                    .orElseThrow(Denied.NotVisible::new));
  }

  private static String requireRole(String name) {
    return Role.ofWireName(name)
        .filter(role -> role != Role.SYSTEM_ADMIN)
        .map(Role::wireName)
        .orElseThrow(() -> new InvalidQuery("role", Role.IN_ORGANIZATIONS));
  }

  private static ListField unordered(String name, String column) {
    return new ListField(name, column, ListField.Kind.TEXT, false, null);
  }
}
