package io.coffer.access.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Recorder;
import io.coffer.access.Rights;
import io.coffer.access.TestCallers;
import io.coffer.testing.TestDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each change of a grant leaves one event in its own transaction. */
class GrantEventsTest {

  private static @Nullable TestDatabase database;

  private final Events events = new Events();
  private final UUID organization = UUID.randomUUID();
  private final UUID me = UUID.randomUUID();
  private final UUID friend = UUID.randomUUID();
  private final UUID thing = UUID.randomUUID();
  private Rights rights = Rights.ALL;

  /** Keeps what is enlisted, or fails as a full outbox would. */
  private static final class Events implements Recorder {
    private final List<AccessEvent> enlisted = new ArrayList<>();
    private boolean failing;

    @Override
    public Uni<Void> record(AccessEvent event) {
      return Uni.createFrom().failure(new AssertionError("no value is released"));
    }

    @Override
    public void note(AccessEvent event) {
      throw new AssertionError("nothing is refused");
    }

    @Override
    public Uni<Void> enlist(Mutiny.Session transaction, AccessEvent change) {
      return Uni.createFrom().failure(new AssertionError("it goes beneath Hibernate"));
    }

    @Override
    public Uni<Void> enlist(SqlClient transaction, AccessEvent change) {
      if (failing) {
        return Uni.createFrom().failure(new IllegalStateException("no room"));
      }
      enlisted.add(change);
      return Uni.createFrom().voidItem();
    }
  }

  /** One thing of the caller's organization. */
  private final class OneThing implements SharedThings {
    @Override
    public Uni<Optional<SharedThing>> find(SqlClient client, Caller caller, UUID id) {
      return Uni.createFrom()
          .item(
              Optional.of(
                  new SharedThing(
                      AccessEvent.Target.credential(id, 3, 7), organization, null, me, rights)));
    }

    @Override
    public Uni<Void> lock(SqlClient transaction, UUID id) {
      return Uni.createFrom().voidItem();
    }
  }

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void stop() {
    world().close();
  }

  private static TestDatabase world() {
    return Objects.requireNonNull(database);
  }

  @BeforeEach
  void makeRows() {
    run("insert into organization (id, slug, name) values ($1, $2, $2)", organization);
    for (UUID id : List.of(me, friend)) {
      run(
          "insert into principal (id, issuer, subject, kind, user_name)"
              + " values ($1, 'test', $2, 'person', $2)",
          id);
    }
  }

  @Test
  void recordsWhoGotWhatInPlaceOfWhat() {
    set(friend, GrantRole.READ, null);
    set(friend, GrantRole.USE, null);
    assertThat(events.enlisted).extracting(AccessEvent::action).containsOnly("grant.set");
    AccessEvent last = events.enlisted.getLast();
    assertThat(last.target()).isEqualTo(AccessEvent.Target.credential(thing, 3, 7));
    assertThat(last.organization()).isEqualTo(organization);
    assertThat(last.details())
        .containsEntry("grantee", friend.toString())
        .containsEntry("grantee_kind", "principal")
        .containsEntry("role", "use")
        .containsEntry("previous_role", "read")
        .containsEntry("across", "false");
    assertThat(events.enlisted.getFirst().details()).containsEntry("previous_role", "none");
  }

  @Test
  void recordsNothingWhereNothingChanges() {
    set(friend, GrantRole.READ, null);
    set(friend, GrantRole.READ, null);
    assertThat(events.enlisted).hasSize(1);
  }

  @Test
  void recordsWhatIsTakenBack() {
    set(friend, GrantRole.USE, null);
    grants()
        .revoke(new OneThing(), caller(), thing, Grantee.principal(friend), false)
        .await()
        .indefinitely();
    AccessEvent last = events.enlisted.getLast();
    assertThat(last.action()).isEqualTo("grant.revoke");
    assertThat(last.details()).containsEntry("previous_role", "use");
    assertThat(granted()).isZero();
  }

  @Test
  void recordsAnEmergencyByAnActionOfItsOwnWithTheReason() {
    rights = new Rights(5);
    set(me, GrantRole.USE, "Production is down: INC-7!");
    AccessEvent event = events.enlisted.getLast();
    assertThat(event.action()).isEqualTo("grant.emergency");
    assertThat(event.details()).containsEntry("reason", "production-is-down-inc-7");
  }

  @Test
  void changesNothingThatCannotBeRecorded() {
    events.failing = true;
    assertThatThrownBy(() -> set(friend, GrantRole.USE, null))
        .isInstanceOf(IllegalStateException.class);
    assertThat(granted()).isZero();
  }

  private void set(UUID grantee, GrantRole role, @Nullable String reason) {
    Grant grant =
        grants()
            .set(
                new OneThing(),
                caller(),
                thing,
                Grantee.principal(grantee),
                new GrantRequest(role, reason),
                false)
            .await()
            .indefinitely();
    assertThat(grant.role()).isEqualTo(role.wireName());
  }

  private Grants grants() {
    return new Grants(world().pool(), events, Clock.systemUTC());
  }

  private Caller caller() {
    Set<String> roles = rights.equals(Rights.ALL) ? Set.of() : Set.of("system_admin");
    return TestCallers.byToken(me, organization, "here", roles, true, Set.of(), Set.of("here"));
  }

  private long granted() {
    return world().count("select count(*) from access_grant where resource = '" + thing + "'");
  }

  private static void run(String sql, UUID id) {
    Tuple values = Tuple.of(id);
    world()
        .pool()
        .preparedQuery(sql)
        .execute(sql.contains("$2") ? values.addString("n-" + id) : values)
        .await()
        .indefinitely();
  }
}
