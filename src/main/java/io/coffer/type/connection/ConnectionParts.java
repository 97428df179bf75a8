package io.coffer.type.connection;

import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection in typed parts, each of which passed the rule of its kind. It owns the password;
 * closing it wipes that.
 *
 * @param dialect the kind of database
 * @param host where it is; the provider's own host for hosted databases
 * @param port 1 to 65535; the dialect's usual one where none was given
 * @param portGiven whether the port was given, and holds whatever becomes of the TLS mode
 * @param database null if the string names none, or the dialect calls it otherwise
 * @param user who logs in; null if nobody is named
 * @param password the secret that goes with the user (for Databricks without a user the access
 *     token, for BigQuery that or the key file of a service account); null if there is none
 * @param tls how the connection is protected; null leaves it to the default, which verifies
 * @param properties what else is said, in the order of {@link Property}
 */
public record ConnectionParts(
    Dialect dialect,
    Host host,
    int port,
    boolean portGiven,
    @Nullable String database,
    @Nullable String user,
    @Nullable SecretValue password,
    @Nullable TlsMode tls,
    Map<Property, String> properties)
    implements AutoCloseable {

  public ConnectionParts {
    Map<Property, String> copy = new EnumMap<>(Property.class);
    copy.putAll(properties);
    properties = Collections.unmodifiableMap(copy);
  }

  public Optional<String> property(Property property) {
    return Optional.ofNullable(properties.get(property));
  }

  /** Whether the password is a key file, a JSON object, which no token begins like. */
  boolean hasKeyFile() {
    if (dialect != Dialect.BIGQUERY || password == null || password.length() == 0) {
      return false;
    }
    byte[] bytes = password.revealBytes();
    boolean object = bytes[0] == '{';
    Arrays.fill(bytes, (byte) 0);
    return object;
  }

  @Override
  public void close() {
    if (password != null) {
      password.close();
    }
  }

  /** Tells the kind of database only: user names and hosts are the caller's to show. */
  @Override
  public String toString() {
    return "ConnectionParts[" + dialect.id() + ']';
  }
}
