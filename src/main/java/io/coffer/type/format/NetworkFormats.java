package io.coffer.type.format;

import io.coffer.type.connection.ConnectionRefusal;
import io.coffer.type.connection.DatabaseName;
import io.coffer.type.connection.Dialect;
import io.coffer.type.connection.Host;
import io.coffer.type.connection.IpLiteral;
import io.coffer.type.connection.Port;
import io.coffer.type.connection.Property;
import java.util.Optional;

/** Formats of addresses; the same rules as for the parts of connection strings. */
final class NetworkFormats {

  private NetworkFormats() {}

  static Optional<String> host(String value) {
    try {
      return Rules.require(
          !Host.ofField(value).text().isEmpty(), "must be a host name or an IP address");
    } catch (ConnectionRefusal refused) {
      return Rules.broken(
          switch (refused.code()) {
            case HOST_LITERAL -> "must be an address of four decimal numbers without leading zeros";
            case MULTI_HOST -> "must be one host, not several";
            default -> "must be a host name or an IP address, without port and scheme";
          });
    }
  }

  static Optional<String> port(String value) {
    try {
      return Rules.require(Port.parse(value) > 0, "must be a port");
    } catch (ConnectionRefusal refused) {
      return Rules.broken("must be a number from 1 to 65535");
    }
  }

  static Optional<String> databaseName(String value) {
    return Rules.require(
        DatabaseName.isName(Dialect.POSTGRESQL, value),
        "must be a name of letters, digits, inner blanks and the signs _ $ . - + @ ~ ! only");
  }

  static Optional<String> certificateName(String value) {
    return Rules.require(
        Property.HOST_NAME_IN_CERTIFICATE.accepts(value),
        "must be a host name, with *. before it at most");
  }

  static Optional<String> snowflakeAccount(String value) {
    return Rules.require(
        Property.ACCOUNT.accepts(value),
        "must be an account identifier such as organization-account");
  }

  static Optional<String> databricksHost(String value) {
    return Rules.require(
        Dialect.isDatabricksHost(value),
        "must be a workspace's host at one of Databricks' domains");
  }

  /** An address block of RFC 4632 or RFC 4291 whose bits behind the prefix are zero. */
  static Optional<String> cidr(String value) {
    String rule = "must be an address block such as 10.0.0.0/8 with zero bits behind the prefix";
    int slash = value.indexOf('/');
    if (slash < 0 || value.length() > 49 || value.startsWith("[")) {
      return Rules.broken(rule);
    }
    try {
      return Host.ofField(value.substring(0, slash)) instanceof IpLiteral literal
          ? Rules.require(isBlock(literal, value.substring(slash + 1)), rule)
          : Rules.broken(rule);
    } catch (ConnectionRefusal refused) {
      return Rules.broken(rule);
    }
  }

  private static boolean isBlock(IpLiteral literal, String prefix) {
    byte[] address = literal.address().getAddress();
    if (!prefix.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(prefix) > address.length * 8) {
      return false;
    }
    for (int bit = Integer.parseInt(prefix); bit < address.length * 8; bit++) {
      if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }
}
