package io.coffer.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What rows say about a caller, besides its token. They are read anew for every request. */
@ApplicationScoped
class Memberships {

  /** More are not told apart: whoever belongs to so many has to name one anyway. */
  private static final int MAX_TOLD = 100;

  private static final String SELECT =
      """
      select p.disabled_at is not null as disabled, p.system_admin,
             $2::uuid is null or exists (select 1 from organization t where t.id = $2) as there,
             o.id as organization, o.slug, m.roles
      from principal p
      left join membership m on m.principal = p.id and ($2::uuid is null or m.organization = $2)
      left join organization o on o.id = m.organization
      where p.id = $1 order by o.slug limit\s"""
          + MAX_TOLD;

  private final Pool database;

  Memberships(Pool database) {
    this.database = database;
  }

  /**
   * One membership.
   *
   * @param organization the id of the organization
   * @param slug its short name
   * @param roles the roles held there, none for a plain member
   */
  record Membership(UUID organization, String slug, Set<Role> roles) {}

  /**
   * What the rows say.
   *
   * @param organizationThere whether the one organization that matters exists
   * @param systemAdmin whether the principal is over all organizations
   * @param memberships the organizations that it belongs to, at most {@value #MAX_TOLD}
   */
  record Rows(boolean organizationThere, boolean systemAdmin, List<Membership> memberships) {

    Optional<Membership> in(UUID organization) {
      return memberships.stream().filter(it -> it.organization().equals(organization)).findFirst();
    }

    List<String> slugs() {
      return memberships.stream().map(Membership::slug).toList();
    }
  }

  /**
   * What the rows say about a principal.
   *
   * @param organization the one organization that matters; null: all
   * @return fails with {@link Denied.PrincipalDisabled} if it was disabled, or is not there
   */
  Uni<Rows> of(UUID principal, @Nullable UUID organization) {
    return database
        .preparedQuery(SELECT)
        .execute(Tuple.of(principal, organization))
        .map(Memberships::read);
  }

  private static Rows read(RowSet<Row> rows) {
    boolean there = true;
    boolean systemAdmin = false;
    List<Membership> memberships = new ArrayList<>();
    if (rows.size() == 0) {
      throw new Denied.PrincipalDisabled();
    }
    for (Row row : rows) {
      if (row.getBoolean("disabled")) {
        throw new Denied.PrincipalDisabled();
      }
      there = row.getBoolean("there");
      systemAdmin = row.getBoolean("system_admin");
      UUID organization = row.getUUID("organization");
      if (organization != null) {
        memberships.add(new Membership(organization, row.getString("slug"), roles(row)));
      }
    }
    return new Rows(there, systemAdmin, memberships);
  }

  private static Set<Role> roles(Row row) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : row.getArrayOfStrings("roles")) {
      Role.ofWireName(name).ifPresent(roles::add);
    }
    return roles;
  }
}
