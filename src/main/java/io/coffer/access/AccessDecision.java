package io.coffer.access;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The one place that decides what a caller may do with a row: an SQL expression over the row's
 * columns {@code id}, {@code organization}, {@code owner}, {@code created_by} and {@code
 * deleted_at}, whose value is the bits of {@link Rights}. Every query uses it as its filter and
 * selects it as well, so that what may not be seen is not found, and what may be seen says which
 * role is missing.
 *
 * <p>It gives, in the selected organization and to its members only: everything to the owner of a
 * personal credential and nothing of it to anybody else by a role; what the organization's roles
 * say on what the organization owns; everything to a creator on what it made. Besides, on whatever
 * organization's credential, what grants to the caller or its teams say, if the caller is a member
 * of that organization or the grant reaches across; while another organization is selected never
 * the right to administer. Of deleted rows it shows to those who could administer them all but the
 * value. A disabled principal gets nothing, nor does who selects an organization that it does not
 * belong to.
 *
 * <p>The texts depend on alias and position alone, so that the server prepares each query once.
 * What concerns the caller alone is worked out once a query, in {@link #with}.
 */
public final class AccessDecision {

  /** How many parameters the expressions take, from the first position on. */
  public static final int PARAMETERS = 8;

  private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9_]*");

  private final String with;
  private final String from;
  private final List<String> ways;

  private AccessDecision(String alias, String kind, int first) {
    this.with = numbered(DecisionSql.WHO, first);
    this.from = numbered(DecisionSql.from(alias, kind), first);
    this.ways = DecisionSql.ways(alias, kind).stream().map(way -> numbered(way, first)).toList();
  }

  /**
   * The decision over the credentials that a query calls {@code alias}.
   *
   * @param firstParameter the position of the first of its {@link #PARAMETERS} parameters, from 1
   */
  public static AccessDecision over(String alias, int firstParameter) {
    if (!ALIAS.matcher(alias).matches() || firstParameter < 1) {
      throw new IllegalArgumentException("not an alias, or not a position");
    }
    return new AccessDecision(alias, "credential", firstParameter);
  }

  /**
   * A {@code with} clause that every query begins with: it names one row {@code who}, or none if
   * the caller is disabled or does not belong to the selected organization.
   */
  public String with() {
    return with;
  }

  /**
   * An item for the {@code from} clause after the row's own table: {@code decision.rights}, the
   * bits of {@link Rights}, 0 for what is not visible.
   */
  public String from() {
    return from;
  }

  /**
   * Conditions of which each visible row fulfils at least one, and each of which an index serves.
   * They say where to look; the decision alone says what is there.
   */
  public List<String> ways() {
    return ways;
  }

  /** The parameters' values, in order. */
  public static List<Object> parameters(Caller caller) {
    List<Object> values = new ArrayList<>(PARAMETERS);
    values.add(caller.principal());
    values.add(caller.organization());
    values.add(roleBits(caller));
    values.add(caller.has(Role.CREATOR));
    values.addAll(caller.standing().parameters());
    return values;
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
    return caller.roles().stream().mapToInt(Role::bits).reduce(0, (all, bits) -> all | bits);
  }

  private static String numbered(String text, int first) {
    String numbered = text;
    // From the last on, so that $1 does not hit the beginning of another.
    for (int i = PARAMETERS; i >= 1; i--) {
      numbered = numbered.replace("$" + i + "::", "$" + (first + i - 1) + "::");
    }
    return numbered;
  }
}
