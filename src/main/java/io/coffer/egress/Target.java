package io.coffer.egress;

import java.net.InetAddress;
import java.util.List;

/**
 * A destination that was judged. Whoever connects takes these addresses and resolves nothing again.
 *
 * @param destination as it was asked for
 * @param addresses at least one, in the order of the resolver
 * @param opened whether an operator opened each of the addresses by name or block; plain HTTP goes
 *     nowhere else
 */
public record Target(Destination destination, List<InetAddress> addresses, boolean opened) {

  public Target {
    addresses = List.copyOf(addresses);
  }

  public String host() {
    return destination.host();
  }

  public int port() {
    return destination.port();
  }

  @Override
  public String toString() {
    return "Target[" + destination + ']';
  }
}
