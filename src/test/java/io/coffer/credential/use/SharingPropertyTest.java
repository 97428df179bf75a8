package io.coffer.credential.use;

import static io.coffer.access.AccessModel.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.access.Caller;
import io.coffer.access.SharingPlay;
import io.coffer.access.SharingPlay.Change;
import io.coffer.credential.SharedReads;
import io.coffer.testing.Parallel;
import io.coffer.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** After whatever changes, queries show and give what the plain model allows, and nothing else. */
class SharingPropertyTest {

  private static final int AT_ONCE = 4;

  /** Each of the people, with each organization selected. */
  private static final List<View> VIEWS =
      SharingPlay.PEOPLE.stream()
          .flatMap(it -> SharingPlay.ORGANIZATIONS.stream().map(selected -> new View(it, selected)))
          .toList();

  private static @Nullable TestDatabase database;

  private record View(String person, String selected) {}

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

  @Property(tries = 20)
  void showsAndGivesWhatTheModelAllows(@ForAll("changes") List<Change> changes) {
    SharingPlay play = new SharingPlay(world().pool());
    for (Change change : changes) {
      play.apply(change);
      Parallel.forEach(AT_ONCE, VIEWS, view -> check(play, view.person(), view.selected()));
    }
  }

  private static void check(SharingPlay play, String person, String selected) {
    SharedReads reads = new SharedReads(world().pool());
    Caller caller = play.caller(person, selected);
    Map<UUID, Integer> allowed = allowed(play, person, selected);
    assertThat(reads.list(caller)).as("%s in %s lists", person, selected).isEqualTo(allowed);
    assertThat(reads.count(caller)).isEqualTo(allowed.size());
    for (String thing : play.model.things.keySet()) {
      UUID id = of(play.ids, thing);
      int expected = allowed.getOrDefault(id, 0);
      assertThat(reads.read(caller, id)).as("%s reads %s", person, thing).isEqualTo(expected);
      assertThat(used(caller, id)).as("%s uses %s", person, thing).isEqualTo(expected);
    }
  }

  private static Map<UUID, Integer> allowed(SharingPlay play, String person, String selected) {
    Map<UUID, Integer> allowed = new HashMap<>();
    play.model.things.forEach(
        (name, thing) -> {
          int rights = play.model.rights(person, selected, name);
          if (rights != 0 && !thing.deleted()) {
            allowed.put(of(play.ids, name), rights);
          }
        });
    return allowed;
  }

  private static int used(Caller caller, UUID id) {
    return new UseRepository(world().pool())
        .byId(caller, id).await().indefinitely().stream()
            .mapToInt(found -> found.rights().bits())
            .sum();
  }
}
