package io.coffer.egress;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests to places that users name: through the guard, to the pinned address under the
 * name's certificate, over TLS 1.2 at least. Redirects are answers, cookies are forgotten, nothing
 * is decompressed, and no connection serves two requests.
 */
public final class GuardedHttp implements AutoCloseable {

  private static final int CONNECTIONS_PER_PLACE = 256;
  private static final int MOST_WAITING = 1_000;
  private static final int HEADER_BYTES = 32 * 1024;

  private final Vertx vertx;
  private final EgressGuard guard;
  private final EgressConfig.Http config;
  private final HttpClient client;

  GuardedHttp(Vertx vertx, EgressGuard guard, EgressConfig.Http config) {
    this.vertx = vertx;
    this.guard = guard;
    this.config = config;
    this.client = client(null);
  }

  /**
   * Sends a request and closes it in the end. Nothing is sent before there is a subscriber, and one
   * that cancels cuts the connection.
   *
   * @return the answer, whatever its status, which the caller closes; fails with {@link
   *     EgressFailure} alone
   */
  public Uni<HttpAnswer> send(HttpCall call) {
    return Uni.createFrom()
        .deferred(() -> guard.admit(call.destination()))
        .invoke(target -> requireEncrypted(call, target))
        .chain(target -> exchange(call, target))
        .ifNoItem()
        .after(call.deadline())
        .failWith(EgressFailure.Timeout::new)
        .onFailure()
        .transform(HttpFailures::of)
        .onTermination()
        .invoke(call::close);
  }

  /** A secret travels in clear text only where an operator opened the way. */
  private static void requireEncrypted(HttpCall call, Target target) {
    if (!call.encrypted() && !target.opened()) {
      throw new EgressFailure.Blocked("plain_http");
    }
  }

  private Uni<HttpAnswer> exchange(HttpCall call, Target target) {
    String authority = call.authority();
    if (authority == null) {
      return attempt(client, call, target, 0);
    }
    HttpClient own = client(authority);
    return attempt(own, call, target, 0)
        .onTermination()
        .invoke(() -> own.close().onComplete(_ -> {}));
  }

  /** Tries the addresses in turn, as long as none was connected to: nothing was sent before. */
  private Uni<HttpAnswer> attempt(HttpClient over, HttpCall call, Target target, int index) {
    InetAddress address = target.addresses().get(index);
    boolean last = index + 1 == target.addresses().size();
    Uni<HttpAnswer> attempt = new HttpExchange(over, call, target, address).run();
    return last
        ? attempt
        : attempt
            .onFailure(HttpExchange.NotConnected.class)
            .recoverWithUni(() -> attempt(over, call, target, index + 1));
  }

  private HttpClient client(@Nullable String authority) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setKeepAlive(false)
            .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
            .setSslHandshakeTimeout(config.tlsTimeout().toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
            .setVerifyHost(true)
            .setForceSni(true)
            .setUseAlpn(false)
            .setDecompressionSupported(false)
            .setMaxHeaderSize(HEADER_BYTES)
            .setMaxWaitQueueSize(MOST_WAITING);
    if (authority != null) {
      options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority)));
    }
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_PLACE))
        // Without a handler the client logs what it could not read, which is the server's text.
        .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
        .build();
  }

  @Override
  public void close() {
    client.close().onComplete(_ -> {});
  }
}
