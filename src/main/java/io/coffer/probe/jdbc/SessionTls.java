package io.coffer.probe.jdbc;

import io.coffer.type.connection.TlsMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What one log-in checks the server's certificate against. Drivers make their factories by name and
 * without a word about the connection, so that this is found by the thread.
 */
final class SessionTls {

  static final ScopedValue<SessionTls> CURRENT = ScopedValue.newInstance();

  private static final String PEM_BEGIN = "-----BEGIN CERTIFICATE-----\n";
  private static final String PEM_END = "\n-----END CERTIFICATE-----\n";

  private final TlsMode mode;
  private final @Nullable Collection<? extends Certificate> authorities;
  private volatile boolean begun;

  private SessionTls(TlsMode mode, @Nullable Collection<? extends Certificate> authorities) {
    this.mode = mode;
    this.authorities = authorities;
  }

  /**
   * Reads the certificates.
   *
   * @param pem null for the public authorities
   * @throws GeneralSecurityException if it holds no certificates
   */
  static SessionTls of(TlsMode mode, @Nullable String pem) throws GeneralSecurityException {
    if (pem == null || pem.isBlank()) {
      return new SessionTls(mode, null);
    }
    Collection<? extends Certificate> read =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    return new SessionTls(mode, read);
  }

  TlsMode mode() {
    return mode;
  }

  boolean wanted() {
    return mode != TlsMode.DISABLE;
  }

  /** Whether certificates of its own are checked against, instead of the public authorities. */
  boolean hasOwnAuthorities() {
    return authorities != null;
  }

  /** Its own authorities in PEM, written anew, so that it is certificates and nothing else. */
  String pem() throws GeneralSecurityException {
    StringBuilder pem = new StringBuilder();
    if (authorities != null) {
      for (Certificate authority : authorities) {
        pem.append(PEM_BEGIN)
            .append(Base64.getMimeEncoder().encodeToString(authority.getEncoded()))
            .append(PEM_END);
      }
    }
    return pem.toString();
  }

  /** Whether the server agreed to begin a handshake. */
  boolean begun() {
    return begun;
  }

  /** What the handshake is made with; asked for when it begins. */
  SSLContext context() throws IOException {
    begun = true;
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS", e);
    }
  }

  private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
    if (mode == TlsMode.REQUIRE && authorities == null) {
      return new TrustManager[] {new Anything()};
    }
    if (authorities == null) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int index = 0;
    for (Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + index++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** What the mode {@code require} asks for: encryption, with whomever. */
  private static final class Anything extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
