package io.coffer.type.connection;

/** Where a database is: a name yet to be resolved, or an address. Making one looks nothing up. */
public sealed interface Host permits HostName, IpLiteral {

  /** The canonical text; an IPv6 address stands without brackets. */
  String text();

  /** The text as it stands in a URL; an IPv6 address stands in brackets. */
  String uriText();

  /**
   * Reads a host as it stands in a URL.
   *
   * @throws ConnectionRefusal with {@code host}, {@code host_literal} or {@code multi_host}
   */
  static Host ofUrl(String text) {
    if (text.startsWith("[")) {
      if (!text.endsWith("]")) {
        throw new ConnectionRefusal(RefusalCode.HOST, "host");
      }
      return IpLiteral.ofIpv6(text.substring(1, text.length() - 1));
    }
    return HostName.looksNumeric(text) ? IpLiteral.ofIpv4(text) : HostName.of(text);
  }

  /**
   * Reads a host as a person writes it into a form: as in a URL, but an IPv6 address may stand
   * without brackets.
   *
   * @throws ConnectionRefusal with {@code host}, {@code host_literal} or {@code multi_host}
   */
  static Host ofField(String text) {
    return text.indexOf(':') >= 0 && !text.startsWith("[") ? IpLiteral.ofIpv6(text) : ofUrl(text);
  }
}
