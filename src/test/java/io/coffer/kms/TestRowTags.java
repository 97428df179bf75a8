package io.coffer.kms;

import io.coffer.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.Map;

/** Tags under keys that a key management service in memory wraps and a real database keeps. */
public final class TestRowTags implements AutoCloseable {

  private final DataKeys keys;
  private final RowTags tags;

  public TestRowTags(TestDatabase database) {
    MemoryKms kms = new MemoryKms();
    KeyRef kek = kms.key("tags");
    DataKeyStore store = new DataKeyStore(database.pool());
    keys =
        new DataKeys(
            _ -> kms,
            store,
            new Keks(() -> kek, Map.of(), store::keyOfOrganization),
            KeysTestConfig.with(Map.of()),
            Clock.systemUTC(),
            System::nanoTime,
            new KeyMetrics(new SimpleMeterRegistry()));
    tags = new RowTags(keys);
  }

  public RowTags tags() {
    return tags;
  }

  @Override
  public void close() {
    keys.close();
  }
}
