package io.coffer.testing;

import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.ServerKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the packaged application needs beside an issuer: a PostgreSQL that flushes every commit, and
 * a key management service that is spoken to in its own protocol.
 */
public final class PackagedServices implements AutoCloseable {

  private final Path data;
  private final KmsServer kms;
  private final ServerKey key;
  private EmbeddedPostgres database;

  private PackagedServices(Path data, EmbeddedPostgres database, KmsServer kms) {
    this.data = data;
    this.database = database;
    this.kms = kms;
    this.key = kms.createKey();
  }

  public static PackagedServices start() {
    try {
      Path data = Files.createTempDirectory("packaged-database");
      return new PackagedServices(data, startDatabase(data, 0), KmsServer.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database that runs, or ran last. */
  public EmbeddedPostgres database() {
    return database;
  }

  /** Ends the database and whatever is connected to it. What it holds stays. */
  public void stopDatabase() {
    try {
      database.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the database again, at the same port and with what it held. */
  public void startDatabase() {
    try {
      database = startDatabase(data, database.getPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param port 0 for a free one
   */
  private static EmbeddedPostgres startDatabase(Path data, int port) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "200");
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }

  public KmsServer kms() {
    return kms;
  }

  /** The key that wraps data keys. */
  public ServerKey key() {
    return key;
  }

  /** The settings that point the application here, as environment variables. */
  public Map<String, String> environment() {
    String address = "postgresql://localhost:" + database.getPort() + "/postgres";
    Map<String, String> settings = new HashMap<>();
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", address);
    settings.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:" + address);
    settings.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    settings.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    settings.put("COFFER_KMS_PROVIDER", "aws");
    settings.put("COFFER_KMS_KEY_ID", key.arn());
    settings.put("QUARKUS_KMS_ENDPOINT_OVERRIDE", kms.endpoint().toString());
    settings.put("QUARKUS_KMS_AWS_REGION", kms.region());
    settings.put("AWS_ACCESS_KEY_ID", KmsServer.ACCESS_KEY);
    settings.put("AWS_SECRET_ACCESS_KEY", KmsServer.SECRET_KEY);
    // Both peers are on this machine and speak plain HTTP.
    settings.put("COFFER_ALLOW_HTTP_KMS", "true");
    settings.put("COFFER_ALLOW_HTTP_ISSUER", "true");
    return settings;
  }

  @Override
  public void close() {
    kms.close();
    stopDatabase();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
