package io.coffer.egress;

import java.util.Set;
import java.util.UUID;

/**
 * Where somebody wants to go.
 *
 * @param host a name or an address as it was written; an IPv6 address with or without brackets
 * @param port 1 to 65535
 * @param wellKnownPorts the ports at which such a service usually is, allowed though they are below
 *     1024
 * @param organization for whom; its own openings count besides those for all
 */
public record Destination(String host, int port, Set<Integer> wellKnownPorts, UUID organization) {

  public Destination {
    wellKnownPorts = Set.copyOf(wellKnownPorts);
  }

  /** Another place that the first one leads to, for the same purpose. */
  Destination at(String otherHost, int otherPort) {
    return new Destination(otherHost, otherPort, wellKnownPorts, organization);
  }

  /** Without host and port, which are the user's. */
  @Override
  public String toString() {
    return "Destination[organization=" + organization + ']';
  }
}
