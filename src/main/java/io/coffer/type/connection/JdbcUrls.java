package io.coffer.type.connection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JDBC URLs without secrets, in the spelling of each database's own driver. Every value in them
 * passed the rule of its kind, so that none can end the place it stands in.
 */
final class JdbcUrls {

  private static final Pattern NEEDS_NO_BRACES = Pattern.compile("[A-Za-z0-9_.*-]*");

  private JdbcUrls() {}

  static String url(ConnectionParts parts) {
    return switch (parts.dialect()) {
      case POSTGRESQL ->
          byQuery(
              "jdbc:postgresql:",
              parts,
              parameter("sslmode", mode(parts)),
              parameter("channelBinding", value(parts, Property.CHANNEL_BINDING)));
      case REDSHIFT -> byQuery("jdbc:redshift:", parts, parameter("sslmode", mode(parts)));
      case MYSQL ->
          byQuery(
              "jdbc:mysql:",
              parts,
              parameter("sslMode", parts.tls() == null ? null : TlsWords.mysql(parts.tls())));
      case CLICKHOUSE ->
          byQuery(
              "jdbc:clickhouse:",
              parts,
              parameter(
                  "ssl",
                  parts.tls() == null ? null : String.valueOf(parts.tls() != TlsMode.DISABLE)));
      case MSSQL -> sqlServer(parts);
      case ORACLE -> oracle(parts);
      case SNOWFLAKE -> snowflake(parts);
      case BIGQUERY -> bigQuery(parts);
      case DATABRICKS -> databricks(parts);
    };
  }

  private static String byQuery(String scheme, ConnectionParts parts, String... parameters) {
    return scheme
        + "//"
        + parts.host().uriText()
        + ':'
        + parts.port()
        + '/'
        + (parts.database() == null ? "" : PercentCodec.encode(parts.database()))
        + joined("?", "&", parameters);
  }

  /** The driver misreads an IPv6 address in the place of the host, so that it goes behind it. */
  private static String sqlServer(ConnectionParts parts) {
    boolean ipv6 = parts.host().uriText().startsWith("[");
    List<String> items = new ArrayList<>();
    if (ipv6) {
      items.add("serverName=" + parts.host().text());
      items.add("portNumber=" + parts.port());
    }
    items.add(listItem("databaseName", parts.database()));
    if (parts.tls() != null) {
      TlsWords.sqlServer(parts.tls()).forEach((key, word) -> items.add(key + '=' + word));
    }
    items.add(listItem("hostNameInCertificate", value(parts, Property.HOST_NAME_IN_CERTIFICATE)));
    items.add(listItem("applicationIntent", value(parts, Property.APPLICATION_INTENT)));
    items.add(listItem("authentication", value(parts, Property.AUTHENTICATION)));
    return "jdbc:sqlserver://"
        + (ipv6 ? "" : parts.host().text() + ':' + parts.port())
        + joined(";", ";", items.toArray(String[]::new));
  }

  /** A SID over TLS, or at an IPv6 address, has no short form. */
  private static String oracle(ConnectionParts parts) {
    boolean tls = parts.tls() != TlsMode.DISABLE;
    String host = parts.host().uriText();
    String sid = value(parts, Property.SID);
    if (sid == null) {
      String protocol = tls ? "tcps:" : "";
      String service = parts.property(Property.SERVICE_NAME).orElse("");
      return "jdbc:oracle:thin:@" + protocol + "//" + host + ':' + parts.port() + '/' + service;
    }
    if (!tls && !host.startsWith("[")) {
      return "jdbc:oracle:thin:@" + host + ':' + parts.port() + ':' + sid;
    }
    return "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=%s)(HOST=%s)(PORT=%d))(CONNECT_DATA=(SID=%s)))"
        .formatted(tls ? "tcps" : "tcp", parts.host().text(), parts.port(), sid);
  }

  private static String snowflake(ConnectionParts parts) {
    return "jdbc:snowflake://"
        + parts.host().text()
        + '/'
        + joined(
            "?",
            "&",
            parameter("db", parts.database()),
            parameter("schema", value(parts, Property.SCHEMA)),
            parameter("warehouse", value(parts, Property.WAREHOUSE)),
            parameter("role", value(parts, Property.ROLE)));
  }

  private static String bigQuery(ConnectionParts parts) {
    return "jdbc:bigquery://https://www.googleapis.com/bigquery/v2:443"
        + joined(
            ";",
            ";",
            listItem("ProjectId", value(parts, Property.PROJECT)),
            listItem("DefaultDataset", value(parts, Property.DATASET)),
            listItem("Location", value(parts, Property.LOCATION)),
            // A service account, or an access token; which of them the password is.
            parts.password() == null || parts.hasKeyFile() ? "OAuthType=0" : "OAuthType=2");
  }

  /**
   * An access token is a password of the user {@code token}; a service principal has its own keys.
   */
  private static String databricks(ConnectionParts parts) {
    String client = parts.user();
    return "jdbc:databricks://"
        + parts.host().text()
        + ":443"
        + joined(
            ";",
            ";",
            parts.property(Property.HTTP_PATH).map(path -> "httpPath=" + path).orElse(""),
            listItem("ConnCatalog", value(parts, Property.CATALOG)),
            listItem("ConnSchema", value(parts, Property.SCHEMA)),
            client == null ? "AuthMech=3" : "AuthMech=11;Auth_Flow=1",
            "ssl=1");
  }

  private static @Nullable String mode(ConnectionParts parts) {
    return parts.tls() == null ? null : parts.tls().id();
  }

  private static @Nullable String value(ConnectionParts parts, Property property) {
    return parts.property(property).orElse(null);
  }

  private static String parameter(String key, @Nullable String value) {
    return value == null ? "" : key + '=' + PercentCodec.encode(value);
  }

  /** Braces keep blanks and letters of other scripts together; no allowed value has a brace. */
  private static String listItem(String key, @Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean plain = NEEDS_NO_BRACES.matcher(value).matches();
    return key + '=' + (plain ? value : '{' + value + '}');
  }

  private static String joined(String first, String separator, String... items) {
    List<String> present = Arrays.stream(items).filter(item -> !item.isEmpty()).toList();
    return present.isEmpty() ? "" : first + String.join(separator, present);
  }
}
