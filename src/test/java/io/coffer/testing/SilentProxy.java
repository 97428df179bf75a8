package io.coffer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a server on this machine and passes on what both sides say, until it is told to be
 * silent: then it goes on accepting connections and lets nothing through, in either direction.
 */
public final class SilentProxy implements AutoCloseable {

  private static final int BUFFER = 8192;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private boolean silent;
  private boolean closed;

  private SilentProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  }

  /** Starts one before the port. */
  public static SilentProxy before(int target) {
    try {
      SilentProxy proxy = new SilentProxy(target);
      var unused = Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** From now on nothing passes. */
  public synchronized void beSilent() {
    silent = true;
  }

  /** What was held back passes, and everything after it. */
  public synchronized void speak() {
    silent = false;
    notifyAll();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = open(server.accept());
        var unused = Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try {
      Socket upstream = open(new Socket(InetAddress.getLoopbackAddress(), target));
      var unused = Thread.ofVirtual().start(() -> pass(upstream, client));
      pass(client, upstream);
    } catch (IOException e) {
      end(client);
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitSpeech();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // One side is gone, and so is the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from);
      end(to);
    }
  }

  private synchronized void awaitSpeech() throws InterruptedException {
    while (silent && !closed) {
      wait();
    }
  }

  private Socket open(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private void end(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(this::end);
  }
}
