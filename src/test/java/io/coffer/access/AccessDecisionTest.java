package io.coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision, asked of the real database for every role and every kind of row. */
@QuarkusTest
class AccessDecisionTest {

  private static final AccessDecision DECISION = AccessDecision.over("c", 5);
  private static final UUID HERE = UUID.randomUUID();
  private static final UUID ELSEWHERE = UUID.randomUUID();
  private static final UUID SOMEBODY = UUID.randomUUID();

  /** Kinds of row, as the caller sees them. */
  enum Kind {
    ORGANIZATIONS,
    MADE_BY_CALLER,
    CALLERS_OWN,
    SOMEBODY_ELSES_OWN,
    OTHER_TENANTS,
    CALLERS_OWN_IN_OTHER_TENANT,
    DELETED,
    CALLERS_OWN_DELETED
  }

  @Inject Pool database;

  private UUID me = UUID.randomUUID();

  @BeforeEach
  void makePrincipal() {
    String unique = UUID.randomUUID().toString();
    me =
        database
            .preparedQuery(
                """
                insert into principal (issuer, subject, kind, user_name)
                values ('decision', $1, 'person', $1) returning id""")
            .execute(Tuple.of(unique))
            .await()
            .indefinitely()
            .iterator()
            .next()
            .getUUID("id");
  }

  static Stream<Arguments> table() {
    // Bits: 1 read, 2 use, 4 admin; in the order of the kinds above.
    return Stream.of(
        row("", 0, 0, 7, 0, 0, 0, 0, 5),
        row("READ", 1, 1, 7, 0, 0, 0, 0, 5),
        row("USE", 3, 3, 7, 0, 0, 0, 0, 5),
        row("ADMIN", 7, 7, 7, 0, 0, 0, 5, 5),
        row("CREATOR", 0, 7, 7, 0, 0, 0, 0, 5),
        row("CREATOR READ", 1, 7, 7, 0, 0, 0, 0, 5),
        row("AUDITOR", 0, 0, 7, 0, 0, 0, 0, 5),
        row("TYPE_ADMIN", 0, 0, 7, 0, 0, 0, 0, 5),
        row("SYSTEM_ADMIN", 5, 5, 7, 0, 0, 0, 5, 5),
        row("SYSTEM_ADMIN USE", 7, 7, 7, 0, 0, 0, 5, 5));
  }

  @ParameterizedTest
  @MethodSource("table")
  void givesWhatTheRolesSay(Set<Role> roles, int[] expected) {
    for (Kind kind : Kind.values()) {
      assertThat(rights(kind, roles))
          .as("%s on %s", roles, kind)
          .isEqualTo(expected[kind.ordinal()]);
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void givesADisabledPrincipalNothing(Set<Role> roles, int[] expected) {
    database
        .preparedQuery("update principal set disabled_at = now() where id = $1")
        .execute(Tuple.of(me))
        .await()
        .indefinitely();
    for (Kind kind : Kind.values()) {
      assertThat(rights(kind, roles)).as("%s on %s", roles, kind).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void looksWhereverSomethingIsVisible(Set<Role> roles, int[] expected) {
    for (Kind kind : Kind.values()) {
      if (expected[kind.ordinal()] != 0) {
        assertThat(isLookedFor(kind, roles)).as("%s sees %s", roles, kind).isTrue();
      }
    }
  }

  @Test
  void givesAnUnknownPrincipalNothing() {
    me = UUID.randomUUID();
    assertThat(rights(Kind.ORGANIZATIONS, EnumSet.allOf(Role.class))).isZero();
  }

  @Test
  void takesNoAliasThatIsNone() {
    assertThatThrownBy(() -> AccessDecision.over("c; drop table x", 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AccessDecision.over("c", 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int rights(Kind kind, Set<Role> roles) {
    // Whoever is unknown or disabled finds no row at all.
    Optional<Row> row = query("decision.rights", kind, roles);
    return row.isEmpty() ? 0 : row.get().getInteger(0);
  }

  private boolean isLookedFor(Kind kind, Set<Role> roles) {
    String ways = DECISION.ways().stream().collect(Collectors.joining(") or (", "(", ")"));
    return query("(" + ways + ")", kind, roles).orElseThrow().getBoolean(0);
  }

  private Optional<Row> query(String wanted, Kind kind, Set<Role> roles) {
    Actor actor = new Actor("decision", "me", Actor.Kind.PERSON, "me");
    Caller caller =
        new Caller(
            me,
            HERE,
            "here",
            roles,
            Standing.of(Standing.Basis.CLAIM),
            actor,
            AccessEvent.Origin.NONE);
    boolean personal = kind.name().contains("OWN");
    Tuple row =
        Tuple.tuple()
            .addValue(kind.name().contains("OTHER_TENANT") ? ELSEWHERE : HERE)
            .addValue(!personal ? null : kind == Kind.SOMEBODY_ELSES_OWN ? SOMEBODY : me)
            .addValue(personal || kind == Kind.MADE_BY_CALLER ? me : SOMEBODY)
            .addValue(kind.name().contains("DELETED"));
    RowIterator<Row> rows =
        database
            .preparedQuery(
                DECISION.with() + "select " + wanted + " from " + candidate() + DECISION.from())
            .execute(AccessDecision.addTo(row, caller))
            .await()
            .indefinitely()
            .iterator();
    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }

  private static String candidate() {
    return """
        (select gen_random_uuid() as id, $1::uuid as organization, $2::uuid as owner, $3::uuid as created_by,
            case when $4::boolean then now() end as deleted_at) c""";
  }

  private static Arguments row(String roles, int... bits) {
    Set<Role> held = EnumSet.noneOf(Role.class);
    Arrays.stream(roles.split(" "))
        .filter(name -> !name.isEmpty())
        .forEach(name -> held.add(Role.valueOf(name)));
    return Arguments.of(held, bits);
  }
}
