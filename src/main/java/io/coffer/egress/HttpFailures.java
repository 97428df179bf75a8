package io.coffer.egress;

import io.coffer.egress.EgressFailure.Unreachable.Kind;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what network libraries throw. */
final class HttpFailures {

  private static final int DEEPEST = 16;

  private HttpFailures() {}

  /** Our own word for it; the failure itself if it is one of ours. */
  static EgressFailure of(Throwable failure) {
    @Nullable Throwable next = failure;
    for (int i = 0; next != null && i < DEEPEST; i++) {
      if (next instanceof EgressFailure ours) {
        return ours;
      }
      if (isTimeout(next)) {
        return new EgressFailure.Timeout();
      }
      if (next instanceof ConnectionPoolTooBusyException) {
        return new EgressFailure.Busy();
      }
      next = next.getCause();
    }
    Optional<TlsTrouble> tls = TlsTrouble.of(failure);
    if (tls.isPresent()) {
      return new EgressFailure.Tls(tls.get());
    }
    return hasCause(failure, DecoderException.class)
            || hasCause(failure, IllegalArgumentException.class)
        ? new EgressFailure.Garbled()
        : new EgressFailure.Unreachable(kind(failure));
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof ConnectTimeoutException
        || failure instanceof SocketTimeoutException
        || failure.getClass().getSimpleName().equals("SslHandshakeTimeoutException");
  }

  /** What became of the connection that failed so. */
  static Kind kind(Throwable failure) {
    @Nullable Throwable next = failure;
    for (int i = 0; next != null && i < DEEPEST; i++) {
      String message = String.valueOf(next.getMessage()).toLowerCase(Locale.ROOT);
      if (next instanceof NoRouteToHostException || message.contains("unreachable")) {
        return Kind.NO_ROUTE;
      }
      if (next instanceof IOException && message.contains("refused")) {
        return Kind.REFUSED;
      }
      next = next.getCause();
    }
    return Kind.CLOSED;
  }

  private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
    @Nullable Throwable next = failure;
    for (int i = 0; next != null && i < DEEPEST; i++) {
      if (type.isInstance(next)) {
        return true;
      }
      next = next.getCause();
    }
    return false;
  }
}
