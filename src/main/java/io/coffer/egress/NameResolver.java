package io.coffer.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks for the addresses of a name, and blocks while it does. */
interface NameResolver {

  /** The system's. */
  NameResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /** At least one address. */
  List<InetAddress> resolve(String name) throws UnknownHostException;
}
