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
  public static final String SERVICE_ACCOUNT_JSON = "service_account_json";

  private ConnectionFields() {}

  /** The plain fields that the parts stand for, by id: texts, and the port as a {@link Long}. */
  public static Map<String, Object> plain(ConnectionParts parts) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Dialect dialect = parts.dialect();
    if (dialect != Dialect.SNOWFLAKE && dialect != Dialect.BIGQUERY) {
      fields.put(HOST, parts.host().text());
    }
    if (parts.portGiven() && !dialect.hosted()) {
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
    return switch (parts.dialect()) {
      case BIGQUERY -> parts.hasKeyFile() ? SERVICE_ACCOUNT_JSON : ACCESS_TOKEN;
      case DATABRICKS -> parts.user() == null ? ACCESS_TOKEN : CLIENT_SECRET;
      default -> PASSWORD;
    };
  }

  private static Optional<SecretValue> password(
      Dialect dialect, boolean hasUser, SecretFields secret) {
    return switch (dialect) {
      case BIGQUERY -> secret.find(SERVICE_ACCOUNT_JSON).or(() -> secret.find(ACCESS_TOKEN));
      case DATABRICKS -> secret.find(hasUser ? CLIENT_SECRET : ACCESS_TOKEN);
      default -> secret.find(PASSWORD);
    };
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
    PartsBuilder parts = read(dialect, plain);
    try {
      boolean user = text(plain, userId(dialect)).isPresent();
      Optional<SecretValue> password = password(dialect, user, secret);
      password.map(SecretValue::copy).ifPresent(parts::password);
      return parts.build();
    } catch (ConnectionRefusal refusal) {
      parts.discard();
      throw refusal;
    }
  }

  /**
   * Checks plain fields of which some may be missing still.
   *
   * @throws ConnectionRefusal naming the field that breaks a rule
   */
  public static void check(Dialect dialect, Map<String, ?> plain) {
    read(dialect, plain).discard();
  }

  private static PartsBuilder read(Dialect dialect, Map<String, ?> plain) {
    PartsBuilder parts = new PartsBuilder(dialect);
    readHost(plain, parts);
    text(plain, DATABASE).ifPresent(parts::database);
    text(plain, userId(dialect)).ifPresent(parts::user);
    text(plain, TLS_MODE).ifPresent(mode -> readTls(mode, parts));
    readProperties(plain, parts);
    return parts;
  }

  private static void readHost(Map<String, ?> plain, PartsBuilder parts) {
    switch (parts.dialect()) {
      case BIGQUERY -> parts.host(BigQueryGrammar.service());
      case SNOWFLAKE ->
          text(plain, Property.ACCOUNT.id())
              .ifPresent(account -> parts.host(SnowflakeAccount.host(account)));
      default -> text(plain, HOST).ifPresent(host -> parts.host(Host.ofField(host)));
    }
    boolean workspace = parts.dialect() == Dialect.DATABRICKS && !parts.hostText().isEmpty();
    if (workspace && !Grammars.isDatabricks(parts.hostText())) {
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
