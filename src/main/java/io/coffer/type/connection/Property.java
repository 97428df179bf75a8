package io.coffer.type.connection;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a connection may say besides host, port, database, user, password and TLS mode. */
public enum Property {
  ACCOUNT("account", SnowflakeAccount::isAccount, Dialect.SNOWFLAKE),
  SCHEMA("schema", DatabaseName::isName, Dialect.SNOWFLAKE, Dialect.DATABRICKS),
  WAREHOUSE("warehouse", DatabaseName::isName, Dialect.SNOWFLAKE),
  ROLE("role", DatabaseName::isName, Dialect.SNOWFLAKE),
  CATALOG("catalog", DatabaseName::isName, Dialect.DATABRICKS),
  HTTP_PATH(
      "http_path",
      matching("/sql/1\\.0/(?:warehouses|endpoints)/[0-9a-f]{16}"),
      Dialect.DATABRICKS),
  SERVICE_NAME("service_name", matching("[A-Za-z0-9_.$#-]{1,128}"), Dialect.ORACLE),
  SID("sid", matching("[A-Za-z0-9_.$#-]{1,128}"), Dialect.ORACLE),
  PROJECT(
      "project",
      matching("(?:[a-z0-9-]{1,63}(?:\\.[a-z0-9-]{1,63}){1,3}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]"),
      Dialect.BIGQUERY),
  DATASET("dataset", matching("[A-Za-z0-9_]{1,1024}"), Dialect.BIGQUERY),
  LOCATION("location", matching("[A-Za-z0-9-]{1,64}"), Dialect.BIGQUERY),
  HOST_NAME_IN_CERTIFICATE("host_name_in_certificate", Property::isCertificateName, Dialect.MSSQL),
  APPLICATION_INTENT("application_intent", matching("ReadOnly"), Dialect.MSSQL),
  /** Modes whose identity is given whole; the driver's others would be that of whoever connects. */
  AUTHENTICATION(
      "authentication",
      matching("SqlPassword|ActiveDirectoryPassword|ActiveDirectoryServicePrincipal"),
      Dialect.MSSQL),
  CHANNEL_BINDING("channel_binding", matching("disable|prefer|require"), Dialect.POSTGRESQL);

  private final String id;
  private final Predicate<String> rule;
  private final Set<Dialect> dialects;

  Property(String id, Predicate<String> rule, Dialect... dialects) {
    this.id = id;
    this.rule = rule;
    this.dialects = EnumSet.copyOf(Arrays.asList(dialects));
  }

  /** The name of the field that holds it. */
  public String id() {
    return id;
  }

  /** Whether the value may stand. */
  public boolean accepts(String value) {
    return rule.test(value);
  }

  public boolean isOf(Dialect dialect) {
    return dialects.contains(dialect);
  }

  static Optional<Property> find(Dialect dialect, String id) {
    return Arrays.stream(values())
        .filter(property -> property.isOf(dialect) && property.id.equals(id))
        .findFirst();
  }

  private static Predicate<String> matching(String expression) {
    return Pattern.compile(expression).asMatchPredicate();
  }

  /** A host name, or one with a star for its first label as certificates have it. */
  private static boolean isCertificateName(String value) {
    try {
      String name = value.startsWith("*.") ? value.substring(2) : value;
      return !new HostName(name).text().isEmpty();
    } catch (ConnectionRefusal refused) {
      return false;
    }
  }
}
