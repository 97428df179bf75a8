package io.coffer.type.connection;

import java.util.Map;

/**
 * {@code thin:@//host[:port]/service}, with {@code tcp:} or {@code tcps:} before the slashes or
 * neither, {@code thin:@host[:port]/service} and {@code thin:@host:port:SID}. Descriptors, names
 * and directories, which the driver takes as well, lead to other hosts and to files.
 */
final class OracleGrammar {

  private OracleGrammar() {}

  static void read(String text, PartsBuilder parts) {
    int at = text.indexOf('@');
    if (!text.startsWith("thin:") || at < 0) {
      throw syntax();
    }
    if (at != "thin:".length()) {
      throw new ConnectionRefusal(RefusalCode.USERINFO, "user");
    }
    String rest = text.substring(at + 1);
    int query = rest.indexOf('?');
    readTarget(query < 0 ? rest : rest.substring(0, query), parts);
    if (query >= 0) {
      Map<String, Parameter> none = ParameterTables.ofQuery(Dialect.ORACLE, true);
      Parameters.readQuery(rest.substring(query + 1), none, parts);
    }
  }

  private static void readTarget(String text, PartsBuilder parts) {
    int slashes = text.indexOf("//");
    if (slashes < 0) {
      readAddress(text, false, parts);
      return;
    }
    switch (text.substring(0, slashes)) {
      case "" -> {}
      case "tcp:" -> parts.tls(TlsMode.DISABLE);
      case "tcps:" -> parts.tls(TlsMode.VERIFY_FULL);
      default -> throw syntax();
    }
    readAddress(text.substring(slashes + 2), true, parts);
  }

  private static void readAddress(String text, boolean url, PartsBuilder parts) {
    if (text.indexOf('(') >= 0 || text.indexOf(')') >= 0) {
      throw syntax();
    }
    int slash = text.indexOf('/');
    int sid = text.lastIndexOf(':');
    if (slash >= 0) {
      Authority.read(text.substring(0, slash), false, parts);
      Grammars.readProperty(Property.SERVICE_NAME, text.substring(slash + 1), parts);
    } else if (!url && sid >= 0 && text.indexOf(':') < sid && !text.endsWith("]")) {
      Authority.read(text.substring(0, sid), false, parts);
      Grammars.readProperty(Property.SID, text.substring(sid + 1), parts);
    } else {
      throw syntax();
    }
  }

  private static ConnectionRefusal syntax() {
    return new ConnectionRefusal(RefusalCode.SYNTAX, "connection string");
  }
}
