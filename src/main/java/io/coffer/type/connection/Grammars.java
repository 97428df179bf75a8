package io.coffer.type.connection;

import java.util.Set;

/** The grammars behind the schemes: each reads what stands behind {@code scheme:}. */
final class Grammars {

  private static final Set<String> DATABRICKS_HOSTS =
      Set.of(
          ".cloud.databricks.com",
          ".azuredatabricks.net",
          ".gcp.databricks.com",
          ".databricks.azure.us",
          ".databricks.azure.cn",
          ".cloud.databricks.us",
          ".cloud.databricks.mil");

  private Grammars() {}

  static void read(Scheme.Grammar grammar, String text, PartsBuilder parts) {
    switch (grammar) {
      case NATIVE -> readUrl(afterSlashes(text), true, parts);
      case JDBC -> readUrl(afterSlashes(text), false, parts);
      case LIST -> readList(afterSlashes(text), parts);
      case ORACLE -> OracleGrammar.read(text, parts);
      case PROJECT -> BigQueryGrammar.readUrl(afterSlashes(text), parts);
      case BIGQUERY -> BigQueryGrammar.readJdbc(afterSlashes(text), parts);
    }
  }

  private static String afterSlashes(String text) {
    if (!text.startsWith("//")) {
      throw new ConnectionRefusal(RefusalCode.SYNTAX, "connection string");
    }
    return text.substring(2);
  }

  /** {@code [user[:password]@]host[:port][/database][?k=v&…]}. */
  private static void readUrl(String text, boolean isNative, PartsBuilder parts) {
    int end = Authority.end(text, 0, "/?");
    // http://host in the place of a host is a URL inside a URL, which some drivers take.
    if (text.startsWith("://", end - 1)) {
      throw new ConnectionRefusal(RefusalCode.SYNTAX, "host");
    }
    Authority.read(text.substring(0, end), isNative, parts);
    checkHost(text.substring(0, end), isNative, parts);
    int query = text.indexOf('?', end);
    String path = text.substring(end, query < 0 ? text.length() : query);
    readPath(path, isNative, parts);
    if (query >= 0) {
      Parameters.readQuery(
          text.substring(query + 1), ParameterTables.ofQuery(parts.dialect(), !isNative), parts);
    }
  }

  /** {@code host[:port][/schema];k=v;…}. */
  private static void readList(String text, PartsBuilder parts) {
    int end = Authority.end(text, 0, "/?;");
    Authority.read(text.substring(0, end), false, parts);
    checkHost(text.substring(0, end), false, parts);
    int list = text.indexOf(';', end);
    String path = text.substring(end, list < 0 ? text.length() : list);
    if (path.indexOf('?') >= 0 || (!path.isEmpty() && parts.dialect() == Dialect.MSSQL)) {
      throw new ConnectionRefusal(RefusalCode.SYNTAX, "path");
    }
    readPath(path, false, parts);
    if (list >= 0) {
      Parameters.readList(text.substring(list + 1), ParameterTables.ofList(parts.dialect()), parts);
    }
  }

  /** Hosted databases answer at their provider's hosts only. */
  private static void checkHost(String authority, boolean isNative, PartsBuilder parts) {
    String host = parts.hostText();
    boolean foreign =
        switch (parts.dialect()) {
          case DATABRICKS -> !isDatabricks(host);
          // The driver's form names the host itself, the other one the account.
          case SNOWFLAKE -> !isNative && !SnowflakeAccount.isHost(withoutPort(authority));
          default -> false;
        };
    if (foreign) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
  }

  static boolean isDatabricks(String host) {
    return DATABRICKS_HOSTS.stream().anyMatch(host::endsWith);
  }

  private static String withoutPort(String authority) {
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  private static void readPath(String path, boolean isNative, PartsBuilder parts) {
    if (path.isEmpty() || path.equals("/")) {
      return;
    }
    Syntax.refuseBrackets(path, "path");
    String[] segments = path.substring(1).split("/", -1);
    boolean schemaToo = isNative && parts.dialect() == Dialect.SNOWFLAKE;
    if (segments.length > (schemaToo ? 2 : 1)) {
      throw new ConnectionRefusal(RefusalCode.PATH, "path");
    }
    readSegment(PercentCodec.decode(segments[0], "path"), parts);
    if (segments.length == 2) {
      readProperty(Property.SCHEMA, PercentCodec.decode(segments[1], "path"), parts);
    }
  }

  private static void readSegment(String name, PartsBuilder parts) {
    switch (parts.dialect()) {
      case ORACLE -> readProperty(Property.SERVICE_NAME, name, parts);
      case DATABRICKS -> readProperty(Property.SCHEMA, name, parts);
      default -> parts.database(name);
    }
  }

  static void readProperty(Property property, String value, PartsBuilder parts) {
    if (!parts.property(property, value)) {
      throw new ConnectionRefusal(RefusalCode.PATH, property.id());
    }
  }
}
