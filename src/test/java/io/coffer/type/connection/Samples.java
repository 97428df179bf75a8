package io.coffer.type.connection;

import io.coffer.secret.SecretValue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Connections put together from parts that may stand. */
final class Samples {

  static final Map<Property, List<String>> VALUES =
      Map.ofEntries(
          Map.entry(
              Property.ACCOUNT,
              List.of("org-acct", "xy12345.eu-central-1", "a_b-c", "x.snowflakecomputing.cn")),
          Map.entry(Property.SCHEMA, List.of("PUBLIC", "my schema", "straße", "a+b@c~d!")),
          Map.entry(Property.WAREHOUSE, List.of("WH", "größe 2")),
          Map.entry(Property.ROLE, List.of("ANALYST")),
          Map.entry(Property.CATALOG, List.of("main", "データ")),
          Map.entry(
              Property.HTTP_PATH,
              List.of(
                  "/sql/1.0/warehouses/0123456789abcdef", "/sql/1.0/endpoints/fedcba9876543210")),
          Map.entry(Property.SERVICE_NAME, List.of("svc.example.com", "X$#_-1")),
          Map.entry(Property.SID, List.of("ORCL", "a#b$c")),
          Map.entry(Property.PROJECT, List.of("my-project-1", "example.com:my-project-1")),
          Map.entry(Property.DATASET, List.of("ds_1")),
          Map.entry(Property.LOCATION, List.of("EU", "europe-west3")),
          Map.entry(Property.HOST_NAME_IN_CERTIFICATE, List.of("*.example.net", "db.example.net")),
          Map.entry(Property.APPLICATION_INTENT, List.of("ReadOnly")),
          Map.entry(
              Property.AUTHENTICATION,
              List.of("SqlPassword", "ActiveDirectoryPassword", "ActiveDirectoryServicePrincipal")),
          Map.entry(Property.CHANNEL_BINDING, List.of("disable", "prefer", "require")));

  private static final List<String> HOSTS =
      List.of(
          "db.example.com",
          "localhost",
          "10.1.2.3",
          "[2606:4700::1]",
          "[::ffff:10.0.0.1]",
          "xn--bcher-kva.example");
  private static final List<String> DATABASES =
      List.of("d", "my-db_1", "my db", "naïve", "数据", "a+b@c~d!", "x.$y");

  private Samples() {}

  static ConnectionParts connection(
      Dialect dialect, @Nullable String user, @Nullable SecretValue password, Random random) {
    Map<Property, String> properties = properties(dialect, random);
    List<TlsMode> modes = List.copyOf(TlsMode.of(dialect));
    TlsMode tls = modes.isEmpty() || random.nextBoolean() ? null : pick(modes, random);
    boolean unnamed = !hasDatabase(dialect) || random.nextInt(4) == 0;
    String database = dialect == Dialect.REDSHIFT ? "dev_1" : pick(DATABASES, random);
    boolean nobody = dialect == Dialect.BIGQUERY;
    boolean portGiven = !dialect.hosted() && random.nextInt(8) > 0;
    return new ConnectionParts(
        dialect,
        host(dialect, properties, random),
        portGiven ? 1 + random.nextInt(Port.MAX) : dialect.usualPort(tls),
        portGiven,
        unnamed ? null : database,
        nobody ? null : user,
        nobody && password != null ? keyFile(password) : password,
        tls,
        properties);
  }

  /** What of a service account's key file this looks at: that it is an object. */
  private static SecretValue keyFile(SecretValue password) {
    try (password) {
      return SecretValue.ofText("{\"private_key\":\"" + password.revealText() + "\"}");
    }
  }

  private static boolean hasDatabase(Dialect dialect) {
    return switch (dialect) {
      case ORACLE, BIGQUERY, DATABRICKS -> false;
      default -> true;
    };
  }

  private static Map<Property, String> properties(Dialect dialect, Random random) {
    Map<Property, String> properties = new EnumMap<>(Property.class);
    for (Property property : Property.values()) {
      boolean needed = property == Property.ACCOUNT || property == Property.PROJECT;
      if (property.isOf(dialect) && (needed || random.nextBoolean())) {
        properties.put(property, pick(VALUES.getOrDefault(property, List.of()), random));
      }
    }
    if (properties.containsKey(Property.SERVICE_NAME)) {
      properties.remove(Property.SID);
    }
    return properties;
  }

  private static Host host(Dialect dialect, Map<Property, String> properties, Random random) {
    return switch (dialect) {
      case SNOWFLAKE -> SnowflakeAccount.host(properties.getOrDefault(Property.ACCOUNT, ""));
      case BIGQUERY -> BigQueryGrammar.service();
      case DATABRICKS -> HostName.of("adb-1.2.azuredatabricks.net");
      default -> Host.ofUrl(pick(HOSTS, random));
    };
  }

  private static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
