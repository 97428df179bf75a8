package io.coffer.type.connection;

import io.coffer.secret.SecretValue;
import org.jspecify.annotations.Nullable;

/**
 * What a JDBC driver is given. It owns the password.
 *
 * @param url without user and password
 * @param user the value of the driver's property {@code user} ({@code token} for an access token of
 *     Databricks); null if the driver takes none
 * @param password the secret for the driver; null if there is none
 */
public record JdbcConnection(String url, @Nullable String user, @Nullable SecretValue password)
    implements AutoCloseable {

  /** The driver's view of a connection; the password is a copy. */
  public static JdbcConnection of(ConnectionParts parts) {
    SecretValue password = parts.password();
    boolean token = parts.dialect() == Dialect.DATABRICKS && parts.user() == null;
    return new JdbcConnection(
        JdbcUrls.url(parts),
        token && password != null ? "token" : parts.user(),
        password == null ? null : password.copy());
  }

  @Override
  public void close() {
    if (password != null) {
      password.close();
    }
  }

  @Override
  public String toString() {
    return "JdbcConnection[redacted]";
  }
}
