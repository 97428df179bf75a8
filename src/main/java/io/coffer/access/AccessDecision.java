package io.coffer.access;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The one place that decides what a caller may do with a row: an SQL expression over the row's
 * columns {@code organization}, {@code owner}, {@code created_by} and {@code deleted_at}, whose
 * value is the bits of {@link Rights}. Every query uses it as its filter and selects it as well, so
 * that what may not be seen is not found, and what may be seen says which role is missing.
 *
 * <p>It gives, in the caller's organization only: everything to the owner of a personal credential
 * and nothing of it to anybody else; what the organization's roles say on what the organization
 * owns; everything to a creator on what it made. Of deleted rows it shows to those who could
 * administer them all but the value. A disabled principal gets nothing.
 *
 * <p>The text depends on alias and position alone, so that the server prepares it once.
 */
public final class AccessDecision {

  /** How many parameters the expression takes, from its first position on. */
  public static final int PARAMETERS = 4;

  private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9_]*");

  private final String rights;
  private final String bound;

  private AccessDecision(String alias, int first) {
    String principal = "$" + first + "::uuid";
    String organization = "$" + (first + 1) + "::uuid";
    String roleBits = "$" + (first + 2) + "::int";
    String creator = "$" + (first + 3) + "::boolean";
    String made =
        "case when %3$s and %1$s.created_by = %2$s then 7 else 0 end"
            .formatted(alias, principal, creator);
    String owned =
        "case when %1$s.owner = %2$s then 7 when %1$s.owner is not null then 0 else %3$s | %4$s end"
            .formatted(alias, principal, roleBits, made);
    rights =
        """
        (case
          when not exists (
            select 1 from principal who where who.id = %2$s and who.disabled_at is null) then 0
          when %1$s.organization <> %3$s then 0
          when %1$s.deleted_at is null then %4$s
          when (%4$s) & 4 <> 0 then 5
          else 0 end)"""
            .formatted(alias, principal, organization, owned);
    // Implied by the rights; spelled out because an index can serve it and not a case.
    bound =
        "%1$s.organization = %2$s and (%1$s.owner is null or %1$s.owner = %3$s)"
            .formatted(alias, organization, principal);
  }

  /**
   * The decision over the rows that a query calls {@code alias}.
   *
   * @param firstParameter the position of the first of its {@link #PARAMETERS} parameters, from 1
   */
  public static AccessDecision over(String alias, int firstParameter) {
    if (!ALIAS.matcher(alias).matches() || firstParameter < 1) {
      throw new IllegalArgumentException("not an alias, or not a position");
    }
    return new AccessDecision(alias, firstParameter);
  }

  /** An expression of type {@code int}: the bits of {@link Rights}, 0 for what is not visible. */
  public String rights() {
    return rights;
  }

  /** A condition that holds for the rows that the caller may know of. */
  public String visible() {
    return "(" + bound + " and " + rights + " <> 0)";
  }

  /** A condition that holds for the rows on which the caller has this right. */
  public String allows(Right right) {
    return "(" + bound + " and " + rights + " & " + right.bit() + " <> 0)";
  }

  /** The parameters' values, in order. */
  public static List<Object> parameters(Caller caller) {
    return List.of(
        caller.principal(), caller.organization(), roleBits(caller), caller.has(Role.CREATOR));
  }

  /** Appends the parameters' values to those of the query. */
  public static Tuple addTo(Tuple query, Caller caller) {
    parameters(caller).forEach(query::addValue);
    return query;
  }

  /**
   * Passes if the caller may create a credential: its own anybody may, the organization's needs a
   * role.
   *
   * @throws Denied.MissingRole naming the roles that would do
   */
  public static void requireMayCreate(Caller caller, boolean personal) {
    if (!personal) {
      caller.requireAny(Role.ADMIN, Role.CREATOR, Role.SYSTEM_ADMIN);
    }
  }

  /** What the expression gives on a row that the caller has just made. */
  public static Rights onNew(Caller caller, boolean personal) {
    boolean all = personal || caller.has(Role.CREATOR);
    return all ? Rights.ALL : new Rights(roleBits(caller));
  }

  /** Whether the caller may decide for the whole organization, for example on its defaults. */
  public static boolean administers(Caller caller) {
    return caller.has(Role.ADMIN) || caller.has(Role.SYSTEM_ADMIN);
  }

  /** What the roles give on everything that the organization owns. */
  private static int roleBits(Caller caller) {
    int bits = 0;
    if (caller.has(Role.ADMIN)) {
      bits |= 7;
    }
    if (caller.has(Role.USE)) {
      bits |= 3;
    }
    if (caller.has(Role.READ)) {
      bits |= 1;
    }
    if (caller.has(Role.SYSTEM_ADMIN)) {
      bits |= 5;
    }
    return bits;
  }
}
