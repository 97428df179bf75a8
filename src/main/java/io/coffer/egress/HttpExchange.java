package io.coffer.egress;

import io.coffer.secret.SecretValue;
import io.netty.util.AsciiString;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request to one address. Everything happens on the event loop of the connection. */
final class HttpExchange {

  private final HttpClient client;
  private final HttpCall call;
  private final RequestOptions options;
  private final long begun = System.nanoTime();
  private final Buffer body = Buffer.buffer();
  private volatile @Nullable HttpClientRequest request;
  private volatile boolean over;

  /** There is no connection, and nothing was sent. */
  static final class NotConnected extends RuntimeException {
    NotConnected(Throwable cause) {
      super(cause);
    }
  }

  HttpExchange(HttpClient client, HttpCall call, Target target, InetAddress address) {
    this.client = client;
    this.call = call;
    this.options =
        new RequestOptions()
            .setMethod(HttpMethod.valueOf(call.method()))
            // The name stays for the certificate, the header and SNI; the address is the one
            // judged.
            .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
            .setHost(bare(target.host()))
            .setPort(target.port())
            .setSsl(call.encrypted())
            .setURI(path(call))
            .setFollowRedirects(false);
  }

  Uni<HttpAnswer> run() {
    return Uni.createFrom().<HttpAnswer>emitter(emitter -> begin(emitter));
  }

  private void begin(UniEmitter<? super HttpAnswer> emitter) {
    emitter.onTermination(this::cut);
    client
        .request(options)
        .onSuccess(connected -> send(connected, emitter))
        .onFailure(failure -> emitter.fail(new NotConnected(failure)));
  }

  private void send(HttpClientRequest connected, UniEmitter<? super HttpAnswer> emitter) {
    request = connected;
    if (over) {
      cut();
      return;
    }
    connected.exceptionHandler(emitter::fail);
    try {
      call.headers().forEach(header -> putHeader(connected, header));
      SecretValue content = call.body();
      (content == null ? connected.send() : connected.send(Buffer.buffer(content.revealBytes())))
          .onSuccess(response -> read(response, emitter))
          .onFailure(emitter::fail);
    } catch (RuntimeException e) {
      // A header that is none; the library's message quotes it.
      emitter.fail(new EgressFailure.Blocked("header"));
    }
  }

  private static void putHeader(HttpClientRequest request, HttpCall.Header header) {
    byte[] bytes = header.value().revealBytes();
    request.putHeader(header.name(), new AsciiString(bytes, false));
  }

  private void read(HttpClientResponse response, UniEmitter<? super HttpAnswer> emitter) {
    response
        .exceptionHandler(emitter::fail)
        .handler(
            chunk -> {
              if (body.length() + chunk.length() > call.maxBytes()) {
                emitter.fail(new EgressFailure.TooLarge());
              } else {
                body.appendBuffer(chunk);
              }
            })
        .endHandler(_ -> emitter.complete(answer(response)));
  }

  private HttpAnswer answer(HttpClientResponse response) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : response.headers().names()) {
      headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(response.headers().getAll(name)));
    }
    byte[] bytes = body.getBytes();
    return new HttpAnswer(
        response.statusCode(), headers, bytes, Duration.ofNanos(System.nanoTime() - begun));
  }

  /** Ends the connection, unless the answer is complete and has ended it. */
  private void cut() {
    over = true;
    HttpClientRequest sent = request;
    if (sent != null) {
      boolean unused = sent.reset();
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String path(HttpCall call) {
    String path = call.url().getRawPath();
    String query = call.url().getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }
}
