package io.coffer.bench;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A load of HTTP/1.1 requests over kept-alive connections, from one thread. Closed: each connection
 * sends as soon as it was answered. Open: requests are due at fixed times whatever the answers do,
 * and their latency counts from then, so that a stall shows in all that it delays.
 */
final class HttpLoad {

  /** Makes the requests, ready for the wire. */
  @FunctionalInterface
  interface Requests {
    byte[] next();
  }

  /**
   * What a load did.
   *
   * @param requests answered with 2xx
   * @param failures answered otherwise
   * @param seconds how long it took
   * @param latency in nanoseconds
   */
  record Outcome(long requests, long failures, double seconds, Histogram latency) {

    double perSecond() {
      return requests / seconds;
    }

    double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }
  }

  private static final long NAP = 50_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Requests requests;
  private final Histogram latency = new Histogram(3);
  private long answered;
  private long failed;

  private HttpLoad(Requests requests) {
    this.requests = requests;
  }

  @CanIgnoreReturnValue
  static Outcome closed(InetSocketAddress to, int connections, Duration time, Requests requests) {
    return run(to, connections, load -> load.closedLoop(time.toNanos()), requests);
  }

  @CanIgnoreReturnValue
  static Outcome open(
      InetSocketAddress to, int connections, Duration time, double perSecond, Requests requests) {
    return run(to, connections, load -> load.openLoop(time.toNanos(), perSecond), requests);
  }

  /** Closed, until so many requests were sent. */
  static Outcome times(InetSocketAddress to, int connections, int count, Requests requests) {
    return run(to, connections, load -> load.counted(count), requests);
  }

  private interface Loop {
    void run(Running load) throws IOException;
  }

  private static Outcome run(InetSocketAddress to, int connections, Loop loop, Requests requests) {
    HttpLoad load = new HttpLoad(requests);
    try (Selector selector = Selector.open()) {
      List<HttpConnection> all = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        all.add(HttpConnection.open(selector, to));
      }
      long start = System.nanoTime();
      loop.run(load.new Running(selector, all));
      double seconds = (System.nanoTime() - start) / 1e9;
      for (HttpConnection connection : all) {
        connection.close();
      }
      return new Outcome(load.answered, load.failed, seconds, load.latency);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A load on its way. */
  private final class Running {

    private final Selector selector;
    private final Deque<HttpConnection> idle;

    Running(Selector selector, List<HttpConnection> all) {
      this.selector = selector;
      this.idle = new ArrayDeque<>(all);
    }

    void closedLoop(long nanos) throws IOException {
      int all = idle.size();
      long end = System.nanoTime() + nanos;
      while (System.nanoTime() < end) {
        while (!idle.isEmpty()) {
          idle.removeFirst().send(requests.next(), System.nanoTime());
        }
        selector.select(100);
        receive();
      }
      drain(all);
    }

    void counted(int count) throws IOException {
      int all = idle.size();
      int sent = 0;
      while (sent < count) {
        while (!idle.isEmpty() && sent < count) {
          idle.removeFirst().send(requests.next(), System.nanoTime());
          sent++;
        }
        selector.select(100);
        receive();
      }
      drain(all);
    }

    void openLoop(long nanos, double perSecond) throws IOException {
      int all = idle.size();
      long start = System.nanoTime();
      double interval = 1e9 / perSecond;
      long sent = 0;
      while (true) {
        long due = start + (long) (sent * interval);
        long now = System.nanoTime();
        if (due - start >= nanos) {
          break;
        }
        if (now >= due && !idle.isEmpty()) {
          idle.removeFirst().send(requests.next(), due);
          sent++;
          continue;
        }
        if (selector.selectNow() > 0) {
          receive();
        } else {
          LockSupport.parkNanos(Math.clamp(due - now, 1_000, NAP));
        }
      }
      drain(all);
    }

    private void drain(int all) throws IOException {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (idle.size() < all && System.nanoTime() < end) {
        selector.select(100);
        receive();
      }
      if (idle.size() < all) {
        throw new IOException("requests were left without an answer");
      }
    }

    private void receive() throws IOException {
      for (SelectionKey key : selector.selectedKeys()) {
        HttpConnection connection = (HttpConnection) key.attachment();
        int status = connection.ready();
        if (status > 0) {
          latency.recordValue(Math.max(0, System.nanoTime() - connection.since()));
          if (status < 300) {
            answered++;
          } else {
            failed++;
          }
          idle.addLast(connection);
        }
      }
      selector.selectedKeys().clear();
    }
  }
}
