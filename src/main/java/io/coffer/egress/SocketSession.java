package io.coffer.egress;

import io.coffer.egress.EgressFailure.Blocked;
import io.coffer.egress.EgressFailure.Timeout;
import io.coffer.egress.EgressFailure.TooLarge;
import io.coffer.egress.EgressFailure.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One conversation: which addresses it may connect to, how many bytes it may read, and when it
 * ends. Every socket of it is known here, so that whoever holds the clock can close them all.
 */
public final class SocketSession {

  /** The session on whose behalf a driver opens sockets; without one none is opened. */
  static final ScopedValue<SocketSession> CURRENT = ScopedValue.newInstance();

  private static final int GRACE_MILLIS = 1_000;

  private final EgressGuard guard;
  private final Target target;
  private final long connectMillis;
  private final long end;
  private final AtomicLong bytesLeft;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable EgressFailure> failure = new AtomicReference<>();
  private volatile boolean over;
  private volatile boolean connected;
  private volatile int chosen;

  /**
   * Begins.
   *
   * @param end by {@link System#nanoTime}
   */
  SocketSession(EgressGuard guard, Target target, Duration connect, long end, long bytes) {
    this.guard = guard;
    this.target = target;
    this.connectMillis = connect.toMillis();
    this.end = end;
    this.bytesLeft = new AtomicLong(bytes);
  }

  public Target target() {
    return target;
  }

  /** What is left of the time; never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /**
   * What the guard itself saw go wrong: a refusal of the policy, a connection that failed, too many
   * bytes, the end of the time. It is more exact than what a driver makes of it.
   */
  public Optional<EgressFailure> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Whether any connection of it came about. */
  public boolean connected() {
    return connected;
  }

  /** Connects to the target. The session closes the socket in the end if nobody else does. */
  public Socket connect() throws IOException {
    return overAddresses(
        () -> {
          Socket socket = new GuardedSocket(this);
          socket.connect(InetSocketAddress.createUnresolved(target.host(), target.port()));
          return socket;
        });
  }

  /** Something that connects to the target. */
  @FunctionalInterface
  public interface Connecting<T, E extends Exception> {
    T connect() throws E;
  }

  /**
   * Does something that connects to the target, once per address until one is connected to: what
   * fails before that has said nothing to anybody.
   */
  public <T, E extends Exception> T overAddresses(Connecting<T, E> connecting) throws E {
    while (true) {
      try {
        return connecting.connect();
      } catch (Exception e) {
        boolean unsaid = failure.get() instanceof Unreachable && !connected && !over;
        if (!unsaid || chosen + 1 >= target.addresses().size()) {
          throw e;
        }
        chosen++;
        failure.set(null);
      }
    }
  }

  void track(Socket socket) throws IOException {
    sockets.add(socket);
    if (over) {
      closeAll();
      throw new IOException("the conversation is over");
    }
  }

  void forget(Socket socket) {
    sockets.remove(socket);
  }

  /** The very address to connect to, for what somebody wants to connect to. */
  InetSocketAddress admit(InetSocketAddress wanted) {
    try {
      return new InetSocketAddress(address(wanted), wanted.getPort());
    } catch (EgressFailure refused) {
      failure.compareAndSet(null, refused);
      throw refused;
    }
  }

  private InetAddress address(InetSocketAddress wanted) {
    boolean same = wanted.getPort() == target.port();
    if (same && wanted.getHostString().equalsIgnoreCase(target.host())) {
      return target.addresses().get(chosen);
    }
    InetAddress given = wanted.getAddress();
    if (same && given != null && target.addresses().contains(given)) {
      return given;
    }
    // The server sent us on, or the driver has a place of its own in mind: judged like the first.
    String host = given == null ? wanted.getHostString() : given.getHostAddress();
    return guard.admitNow(target.destination().at(host, wanted.getPort())).addresses().getFirst();
  }

  int connectMillis(int asked) throws IOException {
    return clamp(asked == 0 ? (int) connectMillis : (int) Math.min(asked, connectMillis));
  }

  /**
   * Milliseconds, at most a little more than is left, so that it is the end of the time that ends
   * what waits; 0 stands for all that is left.
   */
  int clamp(int asked) throws IOException {
    long left = left().toMillis();
    if (left <= 0 || over) {
      throw new SocketTimeoutException("the time is over");
    }
    return (int) Math.min(left + GRACE_MILLIS, asked == 0 ? Integer.MAX_VALUE : asked);
  }

  void markConnected() {
    connected = true;
  }

  void connectFailed(IOException e) {
    failure.compareAndSet(
        null,
        e instanceof SocketTimeoutException
            ? new Timeout()
            : new Unreachable(HttpFailures.kind(e)));
  }

  void spend(int bytes) throws IOException {
    if (bytesLeft.addAndGet(-bytes) < 0) {
      failure.compareAndSet(null, new TooLarge());
      throw new IOException("the other side has sent too much");
    }
  }

  /** Ends it because the time is over. */
  void expire() {
    failure.compareAndSet(null, new Timeout());
    closeAll();
  }

  /** Closes every socket; none can be opened afterwards. */
  void closeAll() {
    over = true;
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException closedAnyway) {
        continue;
      }
    }
  }

  int openSockets() {
    return sockets.size();
  }

  /** Fails because no conversation is under way. */
  static Blocked none() {
    return new Blocked("no_session");
  }
}
