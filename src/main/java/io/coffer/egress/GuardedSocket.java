package io.coffer.egress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** A socket that connects where its session lets it, and no longer than that lasts. */
final class GuardedSocket extends Socket {

  private final SocketSession session;

  GuardedSocket(SocketSession session) throws IOException {
    super(Proxy.NO_PROXY);
    this.session = session;
    session.track(this);
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress wanted)) {
      throw new SocketException("not an internet address");
    }
    try {
      InetSocketAddress admitted = session.admit(wanted);
      super.connect(admitted, session.connectMillis(timeout));
      super.setSoTimeout(session.clamp(0));
      session.markConnected();
    } catch (EgressFailure refused) {
      close();
      // Drivers know how to handle nothing else.
      throw new SocketException(refused.getMessage());
    } catch (IOException e) {
      close();
      session.connectFailed(e);
      throw e;
    }
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    try {
      super.setSoTimeout(session.clamp(timeout));
    } catch (SocketTimeoutException e) {
      throw new SocketException(e.getMessage());
    } catch (IOException e) {
      throw new SocketException("the time-out cannot be set");
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Budgeted(super.getInputStream());
  }

  @Override
  public synchronized void close() throws IOException {
    session.forget(this);
    super.close();
  }

  /** Counts what it reads. */
  private final class Budgeted extends FilterInputStream {

    Budgeted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      session.spend(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      session.spend(Math.max(0, read));
      return read;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = in.skip(n);
      session.spend((int) Math.min(Integer.MAX_VALUE, skipped));
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
