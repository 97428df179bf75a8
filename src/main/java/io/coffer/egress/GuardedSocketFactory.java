package io.coffer.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives drivers their sockets. Drivers know it by its name and make it themselves; each socket
 * belongs to the conversation of the thread that asks for it, and without one there is none.
 */
public final class GuardedSocketFactory extends SocketFactory {

  public GuardedSocketFactory() {}

  /**
   * For drivers that give their factories an argument.
   *
   * @param ignored anything
   */
  public GuardedSocketFactory(@Nullable String ignored) {}

  @Override
  public Socket createSocket() throws IOException {
    if (!SocketSession.CURRENT.isBound()) {
      throw new IOException(SocketSession.none().getMessage());
    }
    return new GuardedSocket(SocketSession.CURRENT.get());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = createSocket();
    socket.connect(address);
    return socket;
  }
}
