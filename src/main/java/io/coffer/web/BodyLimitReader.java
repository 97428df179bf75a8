package io.coffer.web;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Counts the bytes of a body as it is read, and stops at the limit. */
@Provider
public final class BodyLimitReader implements ReaderInterceptor {

  private final BodyLimit limit;
  private final CurrentVertxRequest current;

  BodyLimitReader(BodyLimit limit, CurrentVertxRequest current) {
    this.limit = limit;
    this.current = current;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    InputStream body = context.getInputStream();
    if (body != null) {
      context.setInputStream(new Counted(body, limit.bytes()));
    }
    return context.proceed();
  }

  /** Answers as for a length that was declared. */
  @ServerExceptionMapper
  public Response tooLarge(TooLarge failure) {
    RoutingContext request = current.getCurrent();
    if (request != null) {
      BodyLimit.closeAfterAnswer(request);
    }
    return limit.problem().toResponse();
  }

  /** The body is over the limit; nothing of it is kept. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge() {
      super("the body is over the limit", null, false, false);
    }
  }

  private static final class Counted extends FilterInputStream {
    private long left;

    Counted(InputStream body, long limit) {
      super(body);
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count(Math.max(read, 0));
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = in.skip(bytes);
      count(skipped);
      return skipped;
    }

    @Override
    public void close() throws IOException {
      // Closing reads to the end, which a client that is refused may never send.
      if (left >= 0) {
        super.close();
      }
    }

    private void count(long bytes) {
      left -= bytes;
      if (left < 0) {
        throw new TooLarge();
      }
    }
  }
}
