package io.coffer.type.connection;

import io.coffer.secret.SecretValue;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the parts of one connection, each at most once and each checked by its own rule. */
final class PartsBuilder {

  static final int MAX_USER = 128;
  static final int MAX_SNOWFLAKE_USER = 255;
  static final int MAX_PASSWORD = 1024;

  /** The provider's own bound for access tokens. */
  static final int MAX_TOKEN = 2048;

  private final Dialect dialect;
  private final Map<Property, String> properties = new EnumMap<>(Property.class);
  private @Nullable Host host;
  private @Nullable Integer port;
  private @Nullable String database;
  private @Nullable String user;
  private @Nullable SecretValue password;
  private @Nullable TlsMode tls;
  private boolean anyCertificate;

  PartsBuilder(Dialect dialect) {
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  void host(Host value) {
    host = value;
  }

  /** The text of the host, empty before it is given. */
  String hostText() {
    return host == null ? "" : host.text();
  }

  void port(int value) {
    port = value;
  }

  void database(String name) {
    once(database, "database");
    if (name.length() > DatabaseName.MAX_LENGTH) {
      throw new ConnectionRefusal(RefusalCode.TOO_LONG, "database");
    }
    if (!DatabaseName.isName(dialect, name)) {
      throw new ConnectionRefusal(RefusalCode.PATH, "database");
    }
    database = name;
  }

  void user(String name) {
    once(user, "user");
    if (name.length() > (dialect == Dialect.SNOWFLAKE ? MAX_SNOWFLAKE_USER : MAX_USER)) {
      throw new ConnectionRefusal(RefusalCode.TOO_LONG, "user");
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw new ConnectionRefusal(RefusalCode.ENCODING, "user");
    }
    // Not a name: it says that the password is an access token.
    user = dialect == Dialect.DATABRICKS && name.equals("token") ? null : name;
  }

  void password(String text) {
    once(password, "password");
    if (text.length() > (dialect == Dialect.BIGQUERY ? MAX_TOKEN : MAX_PASSWORD)) {
      throw new ConnectionRefusal(RefusalCode.TOO_LONG, "password");
    }
    password = SecretValue.ofText(text);
  }

  /** Takes a secret over, as a parameter does. */
  boolean takes(SecretValue secret) {
    password(secret);
    return true;
  }

  /** Takes over what is already a secret. */
  void password(SecretValue secret) {
    try {
      once(password, "password");
    } catch (ConnectionRefusal refusal) {
      secret.close();
      throw refusal;
    }
    password = secret;
  }

  void tls(TlsMode mode) {
    tls = mode;
  }

  /** SQL Server says the mode in two parameters, of which this is the second. */
  void anyCertificate() {
    anyCertificate = true;
  }

  /** Whether the value was taken; a value that breaks the property's rule was not. */
  boolean property(Property property, String value) {
    once(properties.get(property), property.id());
    if (!property.accepts(value)) {
      return false;
    }
    properties.put(property, value);
    return true;
  }

  boolean has(Property property) {
    return properties.containsKey(property);
  }

  private static void once(@Nullable Object present, String part) {
    if (present != null) {
      throw new ConnectionRefusal(RefusalCode.PARAM_DUP, part);
    }
  }

  /** The parts; a host must have been given. */
  ConnectionParts build() {
    if (host == null) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
    if (anyCertificate) {
      acceptAnyCertificate();
    }
    int chosen = port == null ? dialect.usualPort(tls) : port;
    if (dialect.hosted() && chosen != dialect.usualPort(null)) {
      throw new ConnectionRefusal(RefusalCode.PORT, "port");
    }
    boolean given = port != null && !dialect.hosted();
    return new ConnectionParts(
        dialect, host, chosen, given, database, user, password, tls, properties);
  }

  private void acceptAnyCertificate() {
    if (tls == TlsMode.STRICT) {
      throw new ConnectionRefusal(RefusalCode.PARAM_VALUE, "trustServerCertificate");
    }
    if (tls != TlsMode.DISABLE) {
      tls = TlsMode.REQUIRE;
    }
  }

  /** Wipes what was collected when the rest is refused. */
  void discard() {
    if (password != null) {
      password.close();
    }
  }
}
