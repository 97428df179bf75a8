package io.coffer.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the operator's lists.
 *
 * <p>Either a block of addresses ({@code 10.20.0.0/16}, {@code fd12::/48}, {@code [fd12::1]}), a
 * name ({@code db.corp.example}, {@code *.corp.example}), or one of the words {@code loopback} and
 * {@code private}, each with {@code :port} or {@code :first-last} behind it if wanted. A name that
 * ends in {@code !} is trusted: whatever address it resolves to counts as opened.
 */
record Rule(String text, List<Cidr> blocks, String name, boolean trusted, @Nullable Ports ports) {

  private static final Set<String> LOCAL_SUFFIXES =
      Set.of(".local", ".internal", ".svc", ".cluster.local");

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Rule of(String text) {
    try {
      int colon = portColon(text);
      Ports ports = colon < 0 ? null : Ports.of(text.substring(colon + 1));
      String place = colon < 0 ? text : text.substring(0, colon);
      return new Rule(text, blocks(place), name(place), place.endsWith("!"), ports);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a block, an address or a name: " + text, e);
    }
  }

  /** Where the port begins: after a block's length or a bracket, or at the only colon. */
  private static int portColon(String text) {
    int from = Math.max(text.indexOf('/'), text.indexOf(']'));
    if (from < 0 && text.indexOf(':') != text.lastIndexOf(':')) {
      return -1;
    }
    return text.indexOf(':', Math.max(from, 0));
  }

  private static List<Cidr> blocks(String place) {
    List<Cidr> blocks = new ArrayList<>();
    switch (place) {
      case "loopback" -> List.of("127.0.0.0/8", "::1/128").forEach(b -> blocks.add(Cidr.of(b)));
      case "private" ->
          List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
              .forEach(b -> blocks.add(Cidr.of(b)));
      default -> {
        String bare = place.replace("[", "").replace("]", "");
        if (place.indexOf('/') >= 0 || HostText.literal(bare).isPresent()) {
          blocks.add(Cidr.of(bare));
        }
      }
    }
    return List.copyOf(blocks);
  }

  private static String name(String place) {
    if (!blocks(place).isEmpty()) {
      return place.equals("loopback") || place.equals("private") ? place : "";
    }
    String name = place.endsWith("!") ? place.substring(0, place.length() - 1) : place;
    String tail = name.startsWith("*.") ? name.substring(2) : name;
    Optional<HostText> host = HostText.of(tail);
    if (host.isEmpty() || host.get().name().isEmpty()) {
      throw new IllegalArgumentException(place);
    }
    return name.toLowerCase(Locale.ROOT);
  }

  /** Whether it speaks of this address, whatever the port. */
  boolean covers(byte[] address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /** Whether it speaks of this name, whatever the port; the two words cover the usual names too. */
  boolean coversName(String host) {
    return switch (name) {
      case "" -> false;
      case "loopback" -> host.equals("localhost") || host.endsWith(".localhost");
      case "private" -> host.indexOf('.') < 0 || LOCAL_SUFFIXES.stream().anyMatch(host::endsWith);
      default -> name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
    };
  }

  /** Whether it opens this port: one that it names, or without any a usual one. */
  boolean opens(int port, Set<Integer> wellKnown) {
    return ports == null ? Ports.usual(port, wellKnown) : ports.contains(port);
  }

  /** Whether it closes this port: one that it names, or without any all. */
  boolean closes(int port) {
    return ports == null || ports.contains(port);
  }

  @Override
  public String toString() {
    return text;
  }
}
