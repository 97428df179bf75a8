package io.coffer.type.connection;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a connection as fields of a credential, and back. Both ways go through the same
 * checks as a connection string does.
 */
public final class ConnectionFields {

  public static final String HOST = "host";
  public static final String PORT = "port";
  public static final String DATABASE = "database";
  public static final String USER = "user";
  public static final String PASSWORD = "password";
  public static final String TLS_MODE = "tls_mode";
  public static final String ACCESS_TOKEN = "access_token";
  public static final String CLIENT_ID = "client_id";
  public static final String CLIENT_SECRET = "client_secret";

  private ConnectionFields() {}

  /** The plain fields that the parts stand for, by id: texts, and the port as a {@link Long}. */
  public static Map<String, Object> plain(ConnectionParts parts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Dialect dialect = parts.dialect();
    if (dialect != Dialect.SNOWFLAKE && dialect != Dialect.BIGQUERY) {
      fields.put(HOST, parts.host().text());
    }
    if (!dialect.hosted()) {
      fields.put(PORT, (long) parts.port());
    }
    put(fields, DATABASE, parts.database());
    put(fields, userId(dialect), parts.user());
    put(fields, TLS_MODE, parts.tls() == null ? null : parts.tls().id());
    parts.properties().forEach((property, value) -> fields.put(property.id(), value));
    return fields;
  }

  private static void put(Map<String, Object> fields, String id, @Nullable Object value) {
    if (value != null) {
      fields.put(id, value);
    }
  }

  /** The id of the field that holds the parts' password. */
  public static String passwordId(ConnectionParts parts) {
    return passwordId(parts.dialect(), parts.user() != null);
  }

  private static String passwordId(Dialect dialect, boolean hasUser) {
    if (dialect != Dialect.DATABRICKS) {
      return PASSWORD;
    }
    return hasUser ? CLIENT_SECRET : ACCESS_TOKEN;
  }

  private static String userId(Dialect dialect) {
    return dialect == Dialect.DATABRICKS ? CLIENT_ID : USER;
  }

  /**
   * The parts that fields stand for. Fields with other ids are none of a connection's business and
   * are passed over.
   *
   * @param plain texts and whole numbers by field id
   * @param secret the secret fields, of which the password is copied
   * @return the parts, which the caller closes
   * @throws ConnectionRefusal naming the field that breaks a rule
   */
  public static ConnectionParts of(Dialect dialect, Map<String, ?> plain, SecretFields secret) {
    PartsBuilder parts = new PartsBuilder(dialect);
    try {
      readHost(plain, parts);
      text(plain, DATABASE).ifPresent(parts::database);
      Optional<String> user = text(plain, userId(dialect));
      user.ifPresent(parts::user);
      text(plain, TLS_MODE).ifPresent(mode -> readTls(mode, parts));
      readProperties(plain, parts);
      Optional<SecretValue> password = secret.find(passwordId(dialect, user.isPresent()));
      password.map(SecretValue::copy).ifPresent(parts::password);
      return parts.build();
    } catch (ConnectionRefusal refusal) {
      parts.discard();
      throw refusal;
    }
  }

  private static void readHost(Map<String, ?> plain, PartsBuilder parts) {
    switch (parts.dialect()) {
      case BIGQUERY -> parts.host(BigQueryGrammar.service());
      case SNOWFLAKE ->
          text(plain, Property.ACCOUNT.id())
              .ifPresent(account -> parts.host(SnowflakeAccount.host(account)));
      default -> text(plain, HOST).ifPresent(host -> parts.host(Host.ofField(host)));
    }
    if (parts.dialect() == Dialect.DATABRICKS && !Grammars.isDatabricks(parts.hostText())) {
      throw new ConnectionRefusal(RefusalCode.HOST, HOST);
    }
    switch (plain.get(PORT)) {
      case Number port -> parts.port(Port.check(port.longValue()));
      case String port -> parts.port(Port.parse(port));
      case null, default -> {}
    }
  }

  private static void readTls(String text, PartsBuilder parts) {
    TlsMode mode =
        TlsMode.find(text)
            .filter(TlsMode.of(parts.dialect())::contains)
            .orElseThrow(() -> new ConnectionRefusal(RefusalCode.PARAM_VALUE, TLS_MODE));
    parts.tls(mode);
  }

  private static void readProperties(Map<String, ?> plain, PartsBuilder parts) {
    for (Property property : Property.values()) {
      Optional<String> value =
          property.isOf(parts.dialect()) ? text(plain, property.id()) : Optional.empty();
      if (value.isPresent() && !parts.property(property, canonical(property, value.get()))) {
        throw new ConnectionRefusal(RefusalCode.PARAM_VALUE, property.id());
      }
    }
    if (parts.has(Property.SERVICE_NAME) && parts.has(Property.SID)) {
      throw new ConnectionRefusal(RefusalCode.PARAM_DUP, Property.SID.id());
    }
  }

  private static String canonical(Property property, String value) {
    return property == Property.ACCOUNT ? SnowflakeAccount.canonical(value) : value;
  }

  /** The text of a field; an empty one counts as absent, as it does in a form. */
  private static Optional<String> text(Map<String, ?> plain, String id) {
    return plain.get(id) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }
}
