package io.coffer.egress;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server on the loopback address whose every connection is handled by a test's own code. */
public final class TestPeer implements AutoCloseable {

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();

  /** What a peer does with one connection, which is closed afterwards. */
  public interface Behaviour {
    void handle(TestPeer peer, Socket connection) throws Exception;
  }

  private TestPeer(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::accept);
  }

  public static TestPeer plain(Behaviour behaviour) {
    return listening(ServerSocketFactory.getDefault(), behaviour);
  }

  public static TestPeer tls(SSLContext context, Behaviour behaviour) {
    return listening(context.getServerSocketFactory(), behaviour);
  }

  private static TestPeer listening(ServerSocketFactory factory, Behaviour behaviour) {
    try {
      return new TestPeer(
          factory.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), behaviour);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a request and answers it with these lines and this body. */
  public static Behaviour answering(String status, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n";
    return (peer, connection) -> {
      peer.readRequest(connection);
      OutputStream out = connection.getOutputStream();
      out.write(head.getBytes(StandardCharsets.UTF_8));
      out.write(bytes);
      out.flush();
    };
  }

  /** Reads the head of a request and a body of its length, and notes both. */
  @CanIgnoreReturnValue
  public String readRequest(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      read.write(next);
    }
    String head = read.toString(StandardCharsets.UTF_8);
    int length =
        head.lines()
            .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
            .map(line -> Integer.parseInt(line.substring(15).trim()))
            .findFirst()
            .orElse(0);
    String request = head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    requests.add(request);
    return request;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** Every request that was read, in order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many connections are open on this side. */
  public int openConnections() {
    return open.size();
  }

  private void accept() {
    while (!server.isClosed()) {
      @Nullable Socket connection = next();
      if (connection != null) {
        Thread.ofVirtual().start(() -> handle(connection));
      }
    }
  }

  private @Nullable Socket next() {
    try {
      return server.accept();
    } catch (IOException closed) {
      return null;
    }
  }

  private void handle(Socket connection) {
    open.add(connection);
    try (connection) {
      behaviour.handle(this, connection);
    } catch (Exception ended) {
      // The other side went away, which is what many tests want of it.
      return;
    } finally {
      open.remove(connection);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
