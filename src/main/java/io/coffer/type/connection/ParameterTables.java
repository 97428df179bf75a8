package io.coffer.type.connection;

import java.util.HashMap;
import java.util.Map;

/** Which parameters each dialect's strings may have; whatever is not here is refused. */
final class ParameterTables {

  private static final Map<String, TlsMode> SSLMODE =
      Map.of(
          "disable", TlsMode.DISABLE,
          "require", TlsMode.REQUIRE,
          "verify-ca", TlsMode.VERIFY_CA,
          "verify-full", TlsMode.VERIFY_FULL);

  private static final Map<String, TlsMode> MYSQL_MODE = mysqlModes();

  private static final Map<String, TlsMode> ENCRYPT =
      Map.of("true", TlsMode.VERIFY_FULL, "false", TlsMode.DISABLE, "strict", TlsMode.STRICT);

  private static final Map<String, Parameter> POSTGRESQL =
      Map.of(
          "sslmode", Parameter.tls(SSLMODE),
          "channel_binding", Parameter.of(Property.CHANNEL_BINDING),
          "connect_timeout", Parameter.ignoredNumber("connect_timeout"));

  private static final Map<String, Parameter> POSTGRESQL_JDBC =
      Map.of(
          "sslmode", Parameter.tls(SSLMODE),
          "channelBinding", Parameter.of(Property.CHANNEL_BINDING),
          "connectTimeout", Parameter.ignoredNumber("connect_timeout"));

  // Alone, ssl=true makes this driver check the authority but not the name.
  private static final Map<String, Parameter> REDSHIFT =
      Map.of(
          "sslmode", Parameter.tls(SSLMODE),
          "ssl", Parameter.tls(onOrOff(TlsMode.VERIFY_CA)));

  private static final Map<String, Parameter> MYSQL =
      Map.of(
          "sslMode", Parameter.tls(MYSQL_MODE),
          "ssl-mode", Parameter.tls(MYSQL_MODE),
          "useSSL", Parameter.tls(onOrOff(TlsMode.REQUIRE)),
          "ssl", Parameter.tls(onOrOff(TlsMode.REQUIRE)));

  private static final Map<String, Parameter> ORACLE =
      Map.of(
          "service_name", new Parameter("service", Parameter.of(Property.SERVICE_NAME).reader()),
          "sid", new Parameter("service", Parameter.of(Property.SID).reader()),
          "protocol", Parameter.tls(Map.of("tcp", TlsMode.DISABLE, "tcps", TlsMode.VERIFY_FULL)));

  private static final Map<String, Parameter> CLICKHOUSE =
      Map.of(
          "secure", Parameter.tls(onOrOff(TlsMode.VERIFY_FULL)),
          "ssl", Parameter.tls(onOrOff(TlsMode.VERIFY_FULL)));

  private static final Map<String, Parameter> SNOWFLAKE =
      Map.of(
          "db", Parameter.database(),
          "database", Parameter.database(),
          "schema", Parameter.of(Property.SCHEMA),
          "warehouse", Parameter.of(Property.WAREHOUSE),
          "role", Parameter.of(Property.ROLE));

  /** The parameter that holds the key file of a service account; never a path to one. */
  static final String KEY_FILE = "credentials_base64";

  private static final Map<String, Parameter> BIGQUERY =
      Map.of("location", Parameter.of(Property.LOCATION), KEY_FILE, Parameter.keyFile());

  // Service account and access token; what goes with them is a secret field of its own.
  private static final Map<String, Parameter> BIGQUERY_JDBC =
      Map.of(
          "ProjectId", Parameter.of(Property.PROJECT),
          "DefaultDataset", Parameter.of(Property.DATASET),
          "Location", Parameter.of(Property.LOCATION),
          "OAuthType", Parameter.constant("OAuthType", "0", "2"),
          "OAuthAccessToken", Parameter.password());

  private static final Map<String, Parameter> DATABRICKS =
      Map.of(
          "http_path", Parameter.of(Property.HTTP_PATH),
          "catalog", Parameter.of(Property.CATALOG),
          "schema", Parameter.of(Property.SCHEMA));

  private static final Map<String, Parameter> DATABRICKS_JDBC =
      Map.ofEntries(
          Map.entry("httpPath", Parameter.of(Property.HTTP_PATH)),
          Map.entry("ConnCatalog", Parameter.of(Property.CATALOG)),
          Map.entry("ConnSchema", Parameter.of(Property.SCHEMA)),
          Map.entry("AuthMech", Parameter.constant("AuthMech", "3", "11")),
          Map.entry("Auth_Flow", Parameter.constant("Auth_Flow", "1")),
          Map.entry("ssl", Parameter.constant("ssl", "1")),
          Map.entry("transportMode", Parameter.constant("transportMode", "http")),
          Map.entry("UID", Parameter.constant("user", "token")),
          Map.entry("PWD", Parameter.password()),
          Map.entry("OAuth2ClientId", Parameter.user()),
          Map.entry("OAuth2Secret", Parameter.password()));

  private ParameterTables() {}

  /** The parameters of the form {@code scheme://…?k=v}. */
  static Map<String, Parameter> ofQuery(Dialect dialect, boolean jdbc) {
    return switch (dialect) {
      case POSTGRESQL -> jdbc ? POSTGRESQL_JDBC : POSTGRESQL;
      case MYSQL -> MYSQL;
      case MSSQL -> mssql(false);
      case REDSHIFT -> REDSHIFT;
      // The driver takes all manner of options here, which reach wallets, proxies and files.
      case ORACLE -> jdbc ? Map.of() : ORACLE;
      case CLICKHOUSE -> CLICKHOUSE;
      case SNOWFLAKE -> SNOWFLAKE;
      case BIGQUERY -> BIGQUERY;
      case DATABRICKS -> DATABRICKS;
    };
  }

  /** The parameters of the form {@code jdbc:…;k=v}. */
  static Map<String, Parameter> ofList(Dialect dialect) {
    return switch (dialect) {
      case MSSQL -> mssql(true);
      case BIGQUERY -> BIGQUERY_JDBC;
      case DATABRICKS -> DATABRICKS_JDBC;
      case POSTGRESQL, MYSQL, REDSHIFT, ORACLE, CLICKHOUSE, SNOWFLAKE -> Map.of();
    };
  }

  private static Map<String, Parameter> mssql(boolean list) {
    Map<String, Parameter> table = new HashMap<>();
    table.put("database", Parameter.database());
    table.put("encrypt", Parameter.tls(ENCRYPT));
    table.put("trustServerCertificate", Parameter.trustServerCertificate());
    table.put("TrustServerCertificate", Parameter.trustServerCertificate());
    table.put("hostNameInCertificate", Parameter.of(Property.HOST_NAME_IN_CERTIFICATE));
    table.put("applicationIntent", Parameter.of(Property.APPLICATION_INTENT));
    table.put("authentication", Parameter.of(Property.AUTHENTICATION));
    table.put("loginTimeout", Parameter.ignoredNumber("loginTimeout"));
    if (list) {
      // This form has no other place for them.
      table.put("databaseName", Parameter.database());
      table.put("user", Parameter.user());
      table.put("userName", Parameter.user());
      table.put("password", Parameter.password());
    }
    return table;
  }

  private static Map<String, TlsMode> onOrOff(TlsMode on) {
    return Map.of("true", on, "false", TlsMode.DISABLE);
  }

  /** Both families of drivers have words of their own for the same four modes. */
  private static Map<String, TlsMode> mysqlModes() {
    return Map.of(
        "DISABLED", TlsMode.DISABLE,
        "disable", TlsMode.DISABLE,
        "REQUIRED", TlsMode.REQUIRE,
        "trust", TlsMode.REQUIRE,
        "VERIFY_CA", TlsMode.VERIFY_CA,
        "verify-ca", TlsMode.VERIFY_CA,
        "VERIFY_IDENTITY", TlsMode.VERIFY_FULL,
        "verify-full", TlsMode.VERIFY_FULL);
  }
}
