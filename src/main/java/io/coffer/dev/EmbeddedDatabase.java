package io.coffer.dev;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL that comes as a Maven artifact, one per JVM. It outlives a live reload and stops
 * with the JVM. The packaged application does not have its classes.
 */
final class EmbeddedDatabase {

  /** Class loaders change at every live reload; a system property outlives them. */
  private static final String PORT = "coffer.dev.database.port";

  private EmbeddedDatabase() {}

  /**
   * The port of the running database, which is started if need be.
   *
   * @param data where its files are kept, with every commit flushed; null: in a temporary folder
   *     that is deleted at the end and never flushed
   */
  static synchronized int port(@Nullable Path data) {
    Integer known = Integer.getInteger(PORT);
    if (known != null) {
      return known;
    }
    int started = start(data);
    System.setProperty(PORT, Integer.toString(started));
    return started;
  }

  // The database stops by its own shutdown hook, so that it outlives this reference.
  @SuppressWarnings("resource")
  static int start(@Nullable Path data) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setServerConfig("max_connections", "200");
    if (data == null) {
      // Tests count the statements that a request costs.
      builder.setServerConfig("shared_preload_libraries", "pg_stat_statements");
    } else {
      // The library turns both off by default; a laptop's data should survive a power cut.
      builder
          .setDataDirectory(data)
          .setCleanDataDirectory(false)
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on");
    }
    try {
      if (data != null) {
        OrphanedDatabase.stop(data);
      }
      return builder.start().getPort();
    } catch (IOException e) {
      throw new UncheckedIOException("the embedded database does not start", e);
    }
  }
}
