package io.coffer.access.grant;

import static io.coffer.access.AccessModel.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.access.AccessEvent;
import io.coffer.access.AccessModel;
import io.coffer.access.AccessModel.Person;
import io.coffer.access.AccessModel.Thing;
import io.coffer.access.Caller;
import io.coffer.access.Rights;
import io.coffer.access.SharingPlay;
import io.coffer.access.SharingPlay.Change;
import io.coffer.credential.SharedReads;
import io.coffer.testing.TestDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What the report tells is what the decision gives, after whatever changes. */
class ExplainPropertyTest {

  private static @Nullable TestDatabase database;

  /** A thing as an administrator sees it. */
  private record Administered(SharingPlay play, String name) implements SharedThings {
    @Override
    public Uni<Optional<SharedThing>> find(SqlClient client, Caller caller, UUID id) {
      Thing thing = of(play.model.things, name);
      return Uni.createFrom()
          .item(
              Optional.of(
                  new SharedThing(
                      AccessEvent.Target.credential(id, 1, 1),
                      of(play.ids, thing.organization()),
                      thing.owner() == null ? null : of(play.ids, thing.owner()),
                      of(play.ids, thing.maker()),
                      Rights.ALL)));
    }

    @Override
    public Uni<Void> lock(SqlClient transaction, UUID id) {
      return Uni.createFrom().voidItem();
    }
  }

  @BeforeContainer
  static void start() {
    database = TestDatabase.create();
  }

  @AfterContainer
  static void stop() {
    world().close();
  }

  private static TestDatabase world() {
    return Objects.requireNonNull(database);
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return SharingPlay.changes();
  }

  @Property(tries = 40)
  void agreesWithTheDecision(@ForAll("changes") List<Change> changes) {
    SharingPlay play = new SharingPlay(world().pool());
    changes.forEach(play::apply);
    play.model.things.forEach(
        (name, thing) -> {
          if (!thing.deleted()) {
            SharingPlay.PEOPLE.forEach(person -> check(play, name, thing, person));
            checkList(play, name);
          }
        });
  }

  /** About oneself, with the token: what the decision gives. */
  private static void check(SharingPlay play, String name, Thing thing, String person) {
    Caller caller = play.caller(person, thing.organization());
    int decided = new SharedReads(world().pool()).read(caller, of(play.ids, name));
    if (AccessModel.belongs(of(play.model.people, person), thing.organization())) {
      AccessEntry entry =
          new AccessReport(world().pool())
              .explain(
                  new Administered(play, name),
                  caller,
                  of(play.ids, name),
                  caller.principal().toString())
              .await()
              .indefinitely();
      assertThat(entry.capabilities())
          .as("%s on %s", person, name)
          .isEqualTo(new Rights(decided).wireNames());
      Set<String> lacking = new HashSet<>(Rights.ALL.wireNames());
      lacking.removeAll(entry.capabilities());
      assertThat(entry.missing()).extracting(AccessEntry.Missing::right).hasSameElementsAs(lacking);
    }
  }

  /**
   * About others: what the decision would give them if they came with a token that says nothing.
   */
  private static void checkList(SharingPlay play, String name) {
    Map<UUID, List<String>> expected = new HashMap<>();
    Map<UUID, List<String>> told = new HashMap<>();
    var query = AccessReport.GRAMMAR.parse(Map.of("page_size", List.of("200")));
    new AccessReport(world().pool())
        .list(new Administered(play, name), play.caller("ann", "here"), of(play.ids, name), query)
        .await()
        .indefinitely()
        .items()
        .forEach(entry -> told.put(entry.principal().id(), entry.capabilities()));
    told.values().removeIf(List::isEmpty);
    // System administrators of other plays are over this one, too.
    told.keySet().retainAll(SharingPlay.PEOPLE.stream().map(it -> of(play.ids, it)).toList());
    for (String person : SharingPlay.PEOPLE) {
      int rights = byRows(play, name, person);
      if (rights != 0) {
        expected.put(of(play.ids, person), new Rights(rights).wireNames());
      }
    }
    assertThat(told).as("who has access to %s", name).isEqualTo(expected);
  }

  private static int byRows(SharingPlay play, String name, String person) {
    AccessModel model = new AccessModel();
    model.things.putAll(play.model.things);
    model.teams.putAll(play.model.teams);
    model.grants.putAll(play.model.grants);
    Person all = of(play.model.people, person);
    Person rows = new Person();
    rows.disabled = all.disabled;
    rows.systemAdminByRow = all.systemAdminByRow;
    rows.rows.putAll(all.rows);
    rows.teams.addAll(all.teams);
    model.people.put(person, rows);
    String organization = of(model.things, name).organization();
    if (AccessModel.belongs(rows, organization)) {
      return model.rights(person, organization, name);
    }
    rows.rows.put("anywhere", Set.of());
    return model.rights(person, "anywhere", name);
  }
}
