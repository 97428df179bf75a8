package io.coffer.web.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the address of a database says about the way there. Both spellings are read: {@code
 * postgresql://…} of the reactive client and {@code jdbc:postgresql://…} of the driver.
 *
 * @param hosts the named hosts without ports; a socket's path counts as one; empty if none is named
 * @param sslMode the last {@code sslmode} or {@code sslMode} in the query; empty if there is none
 */
record DatabaseAddress(List<String> hosts, String sslMode) {

  private static final Set<String> WITH_TLS =
      Set.of("require", "verify-ca", "verify_ca", "verify-full", "verify_full");
  private static final Set<String> LOCAL = Set.of("localhost", "::1", "0:0:0:0:0:0:0:1");

  static DatabaseAddress parse(String url) {
    int query = url.indexOf('?');
    String before = query < 0 ? url : url.substring(0, query);
    int slashes = before.indexOf("//");
    String authority = slashes < 0 ? "" : before.substring(slashes + 2);
    int path = authority.indexOf('/');
    authority = path < 0 ? authority : authority.substring(0, path);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    List<String> hosts = new ArrayList<>();
    for (String host : authority.split(",", -1)) {
      if (!host.isBlank()) {
        hosts.add(withoutPort(host.trim()).toLowerCase(Locale.ROOT));
      }
    }
    String mode = "";
    for (String parameter : query < 0 ? new String[0] : url.substring(query + 1).split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      if (parts[0].equalsIgnoreCase("sslmode") && parts.length == 2) {
        mode = parts[1];
      } else if (parts[0].equals("host") && parts.length == 2) {
        hosts.add(parts[1]);
      }
    }
    return new DatabaseAddress(List.copyOf(hosts), mode);
  }

  /** Every host is this machine; an address without a host means this machine too. */
  boolean isLocal() {
    return hosts.stream().allMatch(DatabaseAddress::isLocal);
  }

  boolean demandsTls() {
    return demandsTls(sslMode);
  }

  /** Does this mode refuse to go on without TLS? {@code prefer} and {@code allow} do not. */
  static boolean demandsTls(String mode) {
    return WITH_TLS.contains(mode.trim().toLowerCase(Locale.ROOT));
  }

  private static boolean isLocal(String host) {
    return LOCAL.contains(host)
        || host.startsWith("127.")
        || host.startsWith("/")
        || host.startsWith("%2f");
  }

  private static String withoutPort(String host) {
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? host : host.substring(1, end);
    }
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }
}
