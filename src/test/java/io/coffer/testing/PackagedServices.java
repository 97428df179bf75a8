package io.coffer.testing;

import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.ServerKey;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the packaged application needs beside an issuer: a PostgreSQL that flushes every commit, and
 * a key management service that is spoken to in its own protocol.
 */
public final class PackagedServices implements AutoCloseable {

  private final EmbeddedPostgres database;
  private final KmsServer kms;
  private final ServerKey key;

  private PackagedServices(EmbeddedPostgres database, KmsServer kms) {
    this.database = database;
    this.kms = kms;
    this.key = kms.createKey();
  }

  public static PackagedServices start() {
    try {
      EmbeddedPostgres database =
          EmbeddedPostgres.builder()
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("max_connections", "200")
              .start();
      return new PackagedServices(database, KmsServer.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public EmbeddedPostgres database() {
    return database;
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
    try {
      database.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
