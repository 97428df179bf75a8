package io.coffer.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider on this machine: it knows keys, answers as it is told, and counts who asks. Its
 * answers are read by {@link LoopbackProbe}.
 */
public final class Provider implements AutoCloseable {

  /**
   * What it answers to a key.
   *
   * @param word the body, which is also the provider's code
   */
  public record Says(int status, String word, Map<String, String> headers) {
    public static final Says YES = new Says(200, "welcome", Map.of());
    public static final Says NO = new Says(401, "invalid_key", Map.of());

    /** A refusal that shows little. */
    public static final Says MAYBE_NOT = new Says(401, "perhaps", Map.of("X-Weak", "yes"));

    public static final Says BROKEN = new Says(500, "oops", Map.of());
  }

  private static final int PATIENCE_SECONDS = 30;

  private final HttpServer server;
  private final Map<String, Says> keys = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final AtomicInteger current = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private volatile @Nullable CountDownLatch gate;
  private volatile Duration takes = Duration.ZERO;

  public Provider() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on it answers that key like this; others it does not know. */
  public void says(String key, Says answer) {
    keys.put(key, answer);
  }

  /** From now on calls wait until {@link #open}. */
  public void shut() {
    gate = new CountDownLatch(1);
  }

  public void open() {
    CountDownLatch shut = gate;
    gate = null;
    if (shut != null) {
      shut.countDown();
    }
  }

  /** How long each call takes. */
  public void takes(Duration time) {
    takes = time;
  }

  public int calls(String key) {
    return calls.getOrDefault(key, new AtomicInteger()).get();
  }

  public int current() {
    return current.get();
  }

  /** The most calls at a time. */
  public int most() {
    return most.get();
  }

  /** Looks again and again until it is so. */
  public static void await(String what, Supplier<Boolean> so) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!so.get()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not in time: " + what);
      }
      Thread.onSpinWait();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String key = header.substring(header.indexOf(' ') + 1);
    calls.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    most.accumulateAndGet(current.incrementAndGet(), Math::max);
    try {
      hold();
      Says says = keys.getOrDefault(key, Says.NO);
      says.headers().forEach(exchange.getResponseHeaders()::add);
      byte[] body = says.word().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      current.decrementAndGet();
      exchange.sendResponseHeaders(says.status(), body.length);
      exchange.getResponseBody().write(body);
    } finally {
      exchange.close();
    }
  }

  private void hold() throws IOException {
    CountDownLatch shut = gate;
    try {
      if (shut != null && !shut.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("nobody opened");
      }
      if (!takes.isZero()) {
        // How long a provider takes, not how long a test waits.
        TimeUnit.MILLISECONDS.sleep(takes.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    open();
    server.stop(0);
  }
}
