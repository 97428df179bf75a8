package io.coffer.type.connection;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads {@code [user[:password]@]host[:port]}. */
final class Authority {

  private Authority() {}

  /**
   * Where the authority that begins at an index ends: before a slash, question mark or semicolon.
   */
  static int end(String text, int from, String delimiters) {
    for (int i = from; i < text.length(); i++) {
      if (delimiters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /**
   * Reads the authority into the builder.
   *
   * @param userinfo whether a user and a password may stand in it
   */
  static void read(String text, boolean userinfo, PartsBuilder parts) {
    String rest = readUserinfo(text, userinfo, parts);
    int colon = portColon(rest);
    String host = colon < 0 ? rest : rest.substring(0, colon);
    if (parts.dialect() == Dialect.SNOWFLAKE) {
      readSnowflakeHost(host, parts);
    } else {
      parts.host(Host.ofUrl(host));
    }
    if (colon >= 0) {
      parts.port(Port.parse(rest.substring(colon + 1)));
    }
    if (parts.dialect() != Dialect.SNOWFLAKE) {
      secondOpinion(rest, Host.ofUrl(host));
    }
  }

  private static String readUserinfo(String text, boolean allowed, PartsBuilder parts) {
    int at = text.indexOf('@');
    if (at < 0) {
      return text;
    }
    String userinfo = text.substring(0, at);
    int colon = userinfo.indexOf(':');
    if (!allowed
        || text.indexOf('@', at + 1) >= 0
        || (colon >= 0 && userinfo.indexOf(':', colon + 1) >= 0)) {
      throw new ConnectionRefusal(RefusalCode.USERINFO, "user");
    }
    Syntax.refuseBrackets(userinfo, "user");
    String user = PercentCodec.decode(colon < 0 ? userinfo : userinfo.substring(0, colon), "user");
    String password = colon < 0 ? "" : userinfo.substring(colon + 1);
    if (user.isEmpty() && password.isEmpty()) {
      throw new ConnectionRefusal(RefusalCode.USERINFO, "user");
    }
    if (!user.isEmpty()) {
      parts.user(user);
    }
    if (!password.isEmpty()) {
      parts.password(PercentCodec.decode(password, "password"));
    }
    return text.substring(at + 1);
  }

  /** The colon before the port; those inside the brackets of an IPv6 address are none. */
  private static int portColon(String hostAndPort) {
    if (!hostAndPort.startsWith("[")) {
      if (hostAndPort.indexOf(',') >= 0) {
        throw new ConnectionRefusal(RefusalCode.MULTI_HOST, "host");
      }
      return hostAndPort.indexOf(':');
    }
    int close = hostAndPort.indexOf(']');
    if (close < 0 || (close + 1 < hostAndPort.length() && hostAndPort.charAt(close + 1) != ':')) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
    return close + 1 < hostAndPort.length() ? close + 1 : -1;
  }

  private static void readSnowflakeHost(String text, PartsBuilder parts) {
    parts.host(SnowflakeAccount.host(text));
    if (!parts.property(Property.ACCOUNT, SnowflakeAccount.canonical(text))) {
      throw new ConnectionRefusal(RefusalCode.HOST, "host");
    }
  }

  /**
   * Asks the JDK's own reader of URLs, so that whatever reads the URL later sees the same host. It
   * is shown the port too, which changes where some readers find the host.
   */
  private static void secondOpinion(String hostAndPort, Host host) {
    try {
      String other = new URI("x://" + hostAndPort + '/').getHost();
      if (other != null && Host.ofUrl(other).equals(host)) {
        return;
      }
    } catch (URISyntaxException differs) {
      // Its message repeats the text.
    }
    throw new ConnectionRefusal(RefusalCode.HOST, "host");
  }
}
