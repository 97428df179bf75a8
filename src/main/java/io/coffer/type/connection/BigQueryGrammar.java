package io.coffer.type.connection;

/**
 * {@code //project[/dataset][?location=…]} and the driver's {@code //https://…;ProjectId=…}. There
 * is one service to talk to; a string that names another one is refused.
 */
final class BigQueryGrammar {

  private static final Host SERVICE = HostName.of("bigquery.googleapis.com");
  private static final String ENDPOINT = "https://www.googleapis.com/bigquery/v2";

  private BigQueryGrammar() {}

  static void readUrl(String text, PartsBuilder parts) {
    int end = Authority.end(text, 0, "/?");
    String project = text.substring(0, end);
    if (project.indexOf('@') >= 0) {
      throw new ConnectionRefusal(RefusalCode.USERINFO, "user");
    }
    int query = text.indexOf('?', end);
    String path = text.substring(end, query < 0 ? text.length() : query);
    if (query >= 0) {
      Parameters.readQuery(
          text.substring(query + 1), ParameterTables.ofQuery(Dialect.BIGQUERY, false), parts);
    }
    if (!parts.property(Property.PROJECT, project)) {
      throw new ConnectionRefusal(RefusalCode.HOST, Property.PROJECT.id());
    }
    if (!path.isEmpty() && !path.equals("/")) {
      Grammars.readProperty(
          Property.DATASET, PercentCodec.decode(path.substring(1), "path"), parts);
    }
    parts.host(SERVICE);
  }

  static void readJdbc(String text, PartsBuilder parts) {
    int list = text.indexOf(';');
    String endpoint = list < 0 ? text : text.substring(0, list);
    if (!endpoint.equals(ENDPOINT) && !endpoint.equals(ENDPOINT + ":443")) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
    if (list >= 0) {
      Parameters.readList(
          text.substring(list + 1), ParameterTables.ofList(Dialect.BIGQUERY), parts);
    }
    if (!parts.has(Property.PROJECT)) {
      throw new ConnectionRefusal(RefusalCode.PARAM_VALUE, "ProjectId");
    }
    parts.host(SERVICE);
  }

  static Host service() {
    return SERVICE;
  }
}
