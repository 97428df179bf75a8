package io.coffer.probe;

import java.util.Locale;

/** What is wrong with a protected connection, beside {@link Reason#TLS}. */
public enum TlsFault {
  /** The server's certificate is out of date, or not yet in it. */
  CERTIFICATE_EXPIRED,
  /** Nobody that is trusted signed the server's certificate. */
  CERTIFICATE_UNTRUSTED,
  /** The server's certificate is of another name. */
  NAME_MISMATCH,
  /** The server does not offer a protected connection. */
  NOT_OFFERED,
  /** The server does not take an unprotected connection. */
  REQUIRED,
  /** The server wants a certificate of the client. */
  CLIENT_CERTIFICATE_REQUIRED,
  /** No version or cipher in common. */
  PROTOCOL,
  /** Anything else during the handshake. */
  HANDSHAKE;

  /** The name in answers and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static TlsFault ofStored(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
