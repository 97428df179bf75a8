package io.coffer.probe.jdbc;

import io.coffer.type.connection.TlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Puts TLS over a guarded socket, as the log-in of this thread wants it. Drivers know it by its
 * name.
 */
public final class SessionTlsFactory extends SSLSocketFactory {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  public SessionTlsFactory() {}

  /**
   * For drivers that give their factories an argument.
   *
   * @param ignored anything
   */
  public SessionTlsFactory(@Nullable String ignored) {}

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    if (!SessionTls.CURRENT.isBound()) {
      throw new IOException("no log-in is under way");
    }
    SessionTls tls = SessionTls.CURRENT.get();
    SSLSocketFactory factory = tls.context().getSocketFactory();
    SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, autoClose);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setProtocols(PROTOCOLS);
    if (tls.mode() == TlsMode.VERIFY_FULL) {
      // The drivers check the name too, but in words of their own and after the handshake.
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    secured.setSSLParameters(parameters);
    return secured;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return ((SSLSocketFactory) getDefault()).getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return ((SSLSocketFactory) getDefault()).getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw unguarded();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unguarded();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw unguarded();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw unguarded();
  }

  private static IOException unguarded() {
    return new IOException("TLS goes over guarded sockets only");
  }
}
