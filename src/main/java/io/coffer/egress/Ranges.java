package io.coffer.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Addresses that are not of the public internet, after the IANA special-purpose registries (RFC
 * 6890), and those at which clouds hand out identities. They are explicit tables, because the JDK's
 * own {@code isSiteLocalAddress} and its like know neither fc00::/7 nor any translation of IPv4.
 */
final class Ranges {

  /** The only IPv6 block that is handed out to anybody (RFC 4291, section 4). */
  private static final Cidr GLOBAL_IPV6 = Cidr.of("2000::/3");

  private static final List<Named> METADATA =
      table(
          "metadata",
          "169.254.0.0/16",
          "fd00:ec2::/32",
          "fd20:ce::254",
          "100.100.100.200",
          "168.63.129.16");

  private static final List<Named> NEVER =
      join(
          table("this_network", "0.0.0.0/8", "::/128"),
          table("multicast", "224.0.0.0/4", "ff00::/8"),
          table("reserved", "255.255.255.255/32"));

  private static final List<Named> SPECIAL =
      join(
          table("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
          table("shared", "100.64.0.0/10"),
          table("loopback", "127.0.0.0/8", "::1/128"),
          table("link_local", "169.254.0.0/16", "fe80::/10", "fec0::/10"),
          table("special", "192.0.0.0/24", "168.63.129.16", "100::/64", "2001::/23", "5f00::/16"),
          table("documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
          table("documentation", "2001:db8::/32", "3fff::/20"),
          table("benchmark", "198.18.0.0/15"),
          table("translated", "192.88.99.0/24", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16"),
          table("translated", "::/96"),
          table("reserved", "240.0.0.0/4"));

  private Ranges() {}

  /** A block under the id of its rule. */
  private record Named(String rule, Cidr cidr) {}

  /** The rule under which no opening helps: {@code this_network}, {@code multicast}. */
  static Optional<String> never(byte[] address) {
    return find(NEVER, address);
  }

  /** The rule of addresses that hand out identities, which need a switch of their own. */
  static Optional<String> metadata(byte[] address) {
    return find(METADATA, address);
  }

  /** The rule of an address that is not public, such as {@code private}. */
  static Optional<String> special(byte[] address) {
    Optional<String> rule = find(SPECIAL, address);
    boolean unassigned = address.length == 16 && !GLOBAL_IPV6.contains(address);
    return rule.isEmpty() && unassigned ? Optional.of("reserved") : rule;
  }

  private static Optional<String> find(List<Named> table, byte[] address) {
    return table.stream().filter(n -> n.cidr.contains(address)).map(Named::rule).findFirst();
  }

  private static List<Named> table(String rule, String... blocks) {
    List<Named> table = new ArrayList<>();
    for (String block : blocks) {
      table.add(new Named(rule, Cidr.of(block)));
    }
    return table;
  }

  @SafeVarargs
  private static List<Named> join(List<Named>... tables) {
    List<Named> joined = new ArrayList<>();
    for (List<Named> table : tables) {
      joined.addAll(table);
    }
    return List.copyOf(joined);
  }
}
