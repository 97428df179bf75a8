package io.coffer.kms;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Adapters wrapped for tests. */
public final class TestStack {

  private static final KmsObserver NOBODY = (_, _, _, _) -> {};

  private TestStack() {}

  /** Answer checks alone, so that a test sees each call by itself. */
  public static Kms checkedOnly(Kms adapter) {
    return new CheckedKms(adapter);
  }

  /** Everything that surrounds an adapter in production. */
  public static Kms whole(String provider, Kms adapter, Map<String, String> config) {
    return new KmsStack(
            KmsTestConfig.with(config),
            NOBODY,
            NOBODY,
            Infrastructure.getDefaultWorkerPool(),
            RandomGenerator.getDefault(),
            System::nanoTime)
        .around(provider, adapter);
  }
}
