package io.coffer.probe.jdbc;

import io.coffer.secret.SecretValue;
import io.coffer.type.connection.ConnectionParts;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One log-in: what a driver is given. The URL is made of constants and of parts that passed the
 * strict grammar, the properties are a fixed list, and the words of a user are values only.
 */
final class LogIn {

  static final String APPLICATION = "coffer-probe";
  static final int CONNECT_MILLIS = 3_000;
  static final int READ_MILLIS = 5_000;

  private final String url;
  private final Properties properties = new Properties();

  LogIn(String url) {
    this.url = url;
  }

  LogIn set(String name, @Nullable String value) {
    if (value != null) {
      properties.setProperty(name, value);
    }
    return this;
  }

  LogIn set(String name, long value) {
    return set(name, Long.toString(value));
  }

  LogIn set(String name, boolean value) {
    return set(name, Boolean.toString(value));
  }

  /** User and password, which is never left out: drivers look for one elsewhere then. */
  LogIn as(ConnectionParts parts) {
    SecretValue password = parts.password();
    return set("user", Optional.ofNullable(parts.user()).orElse(""))
        .set("password", password == null ? "" : password.revealText());
  }

  String url() {
    return url;
  }

  Properties properties() {
    return properties;
  }

  /** Logs in with that very driver; no registry of drivers is asked. */
  Connection connect(Driver driver) throws SQLException {
    try {
      Connection connection = driver.connect(url, properties);
      if (connection == null) {
        throw new SQLException("the driver does not know its own URL");
      }
      return connection;
    } finally {
      properties.clear();
    }
  }

  /** Names no value. */
  @Override
  public String toString() {
    return "LogIn" + properties.stringPropertyNames();
  }
}
