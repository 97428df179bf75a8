package io.coffer.schema;

import com.fasterxml.jackson.databind.node.NullNode;
import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Recorder;
import io.coffer.access.Right;
import io.coffer.credential.Probeable;
import io.coffer.credential.Probeables;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Waiting;
import io.coffer.schema.SnapshotStore.Placed;
import io.coffer.secret.SecretFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Discovers schemas and shows what was discovered. */
@ApplicationScoped
class SchemaService {

  /** What records call it. */
  static final String ACTION = "credential.discover_schema";

  private static final int NEWEST_TWO = 2;

  private final Probeables credentials;
  private final Instance<Discoverer> discoverers;
  private final SnapshotStore store;
  private final Recorder recorder;
  private final SchemaConfig config;
  private final Clock clock;
  private final AtomicInteger running = new AtomicInteger();

  SchemaService(
      Probeables credentials,
      @Any Instance<Discoverer> discoverers,
      SnapshotStore store,
      Recorder recorder,
      SchemaConfig config,
      Clock clock) {
    this.credentials = credentials;
    this.discoverers = discoverers;
    this.store = store;
    this.recorder = recorder;
    this.config = config;
    this.clock = clock;
  }

  /** Discovers what the credential's login may read; empty if that takes longer, and goes on. */
  Uni<Optional<Snapshot>> discover(Caller caller, UUID id, Selection wanted, Duration wait) {
    return credentials
        .find(caller, id, ACTION, Right.USE)
        .flatMap(
            credential -> {
              Found found = discoverer(credential);
              return Waiting.atMost(withinBound(caller, credential, found, wanted), wait);
            });
  }

  /** The snapshots of a credential, the newest first. */
  Uni<List<Snapshot>> snapshots(Caller caller, UUID id) {
    return visible(caller, id).chain(() -> store.newest(id, config.keep()));
  }

  /**
   * Tables of a snapshot.
   *
   * @param snapshot the one; null: the newest
   */
  Uni<Tables> tables(
      Caller caller, UUID id, @Nullable UUID snapshot, int from, int atMost, String search) {
    return visible(caller, id)
        .chain(() -> snapshot(id, snapshot))
        .flatMap(
            one ->
                store
                    .tables(one.id(), from, atMost + 1, search)
                    .map(
                        found ->
                            new Tables(
                                one,
                                found.stream().limit(atMost).map(Placed::table).toList(),
                                found.size() > atMost ? found.get(atMost).position() : null)));
  }

  /**
   * Some tables of a snapshot.
   *
   * @param next the position of the first that follows; null: none does
   */
  record Tables(Snapshot snapshot, List<Table> tables, @Nullable Integer next) {}

  /**
   * How two snapshots differ.
   *
   * @param from the earlier; null: the one before the newest
   * @param to the later; null: the newest
   */
  Uni<SchemaViews.DiffView> diff(Caller caller, UUID id, @Nullable UUID from, @Nullable UUID to) {
    return visible(caller, id)
        .chain(() -> Uni.combine().all().unis(before(id, from), snapshot(id, to)).asTuple())
        .flatMap(
            both ->
                Uni.combine()
                    .all()
                    .unis(all(both.getItem1()), all(both.getItem2()))
                    .with(
                        (old, now) ->
                            SchemaViews.DiffView.of(
                                both.getItem1(),
                                both.getItem2(),
                                SchemaChanges.between(old, now))));
  }

  private Uni<List<Table>> all(Snapshot snapshot) {
    return store
        .tables(snapshot.id(), 0, Integer.MAX_VALUE, "")
        .map(tables -> tables.stream().map(Placed::table).toList());
  }

  private Uni<Snapshot> before(UUID credential, @Nullable UUID id) {
    return id != null
        ? snapshot(credential, id)
        : store
            .newest(credential, NEWEST_TWO)
            .map(
                newest -> {
                  if (newest.size() < NEWEST_TWO) {
                    throw new DiscoveryFailure.NoSnapshot();
                  }
                  return newest.getLast();
                });
  }

  private Uni<Snapshot> snapshot(UUID credential, @Nullable UUID id) {
    Uni<Optional<Snapshot>> found =
        id == null
            ? store.newest(credential, 1).map(newest -> newest.stream().findFirst())
            : store.find(credential, id);
    return found.map(one -> one.orElseThrow(DiscoveryFailure.NoSnapshot::new));
  }

  private Uni<Void> visible(Caller caller, UUID id) {
    return credentials.find(caller, id, ACTION, Right.READ).replaceWithVoid();
  }

  /** Who reads that kind of database, and what it calls it. */
  private record Found(Discoverer discoverer, String dialect) {}

  private Found discoverer(Probeable credential) {
    ProbeRequest request = request(credential, SecretFields.none());
    return discoverers.stream()
        .map(one -> new Found(one, one.dialect(request)))
        .filter(found -> !found.dialect().isEmpty())
        .findFirst()
        .orElseThrow(DiscoveryFailure.NoDatabase::new);
  }

  private Uni<Snapshot> withinBound(
      Caller caller, Probeable credential, Found found, Selection wanted) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (running.incrementAndGet() > config.atOnce()) {
                running.decrementAndGet();
                throw new DiscoveryFailure.Busy();
              }
              return recorded(caller, credential, found, wanted)
                  .onTermination()
                  .invoke(running::decrementAndGet);
            });
  }

  private Uni<Snapshot> recorded(
      Caller caller, Probeable credential, Found found, Selection wanted) {
    AccessEvent event =
        AccessEvent.done(caller, ACTION, clock.instant())
            .in(credential.organization())
            .about(
                AccessEvent.Target.credential(
                    credential.id(), credential.version(), credential.revision()));
    return recorder
        .record(event)
        .chain(() -> credentials.open(credential))
        .flatMap(secrets -> read(credential, found, wanted, secrets).eventually(secrets::close))
        .map(Limits.of(config)::apply)
        .flatMap(discovered -> keep(credential, found, wanted, discovered));
  }

  private Uni<Discovered> read(
      Probeable credential, Found found, Selection wanted, SecretFields secrets) {
    Discoverer.Bounds bounds =
        new Discoverer.Bounds(Limits.of(config), config.maxBytes(), config.deadline());
    return found.discoverer().discover(request(credential, secrets), wanted, bounds);
  }

  private Uni<Snapshot> keep(
      Probeable credential, Found found, Selection wanted, Discovered discovered) {
    Snapshot snapshot =
        Snapshot.of(
            UUID.randomUUID(),
            credential.id(),
            credential.version(),
            found.dialect(),
            wanted,
            discovered,
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    return store.keep(snapshot, discovered.tables(), config.keep());
  }

  private ProbeRequest request(Probeable credential, SecretFields secrets) {
    return new ProbeRequest(
        credential.organization(),
        credential.type(),
        NullNode.getInstance(),
        credential.plain(),
        secrets,
        clock.instant().plus(config.deadline()));
  }
}
