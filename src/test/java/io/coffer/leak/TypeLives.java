package io.coffer.leak;

import io.coffer.type.TypeDefinition;
import io.coffer.type.TypeSample;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The lives of credentials of all types, several at a time, each in an organization of its own. */
final class TypeLives implements AutoCloseable {

  /** One caller alone would leave the application waiting half of the time. */
  private static final int AT_ONCE = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<String, Future<?>> lives;

  /**
   * Begins them all.
   *
   * @param clients gives a caller in a new organization
   */
  TypeLives(List<TypeDefinition> packs, Supplier<LeakClient> clients, PlantedFields plants) {
    this.lives =
        packs.stream()
            .collect(
                Collectors.toMap(
                    TypeDefinition::slug,
                    pack -> threads.submit(() -> live(pack, clients.get(), plants))));
  }

  /** Waits for the end of a type's; fails as it failed. */
  void await(TypeDefinition pack) throws InterruptedException {
    Future<?> life = lives.get(pack.slug());
    if (life == null) {
      throw new AssertionError(pack.slug() + " was never begun");
    }
    try {
      life.get();
    } catch (ExecutionException e) {
      throw new AssertionError(pack.slug() + ": " + e.getCause(), e.getCause());
    }
  }

  private static void live(TypeDefinition pack, LeakClient client, PlantedFields plants) {
    TypeLife life = new TypeLife(pack, client, plants);
    TypeSample sample = TypeSample.of(pack.slug());
    sample.valid().forEach(life::live);
    life.beRefused(sample.valid().getFirst());
  }

  /** Ends what nobody waits for any more. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
