package io.coffer.probe.jdbc;

import io.coffer.probe.ProbeRequest;
import io.coffer.type.FieldDefinition;
import io.coffer.type.TypeDefinition;
import io.coffer.type.connection.ConnectionFields;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.ConnectionRefusal;
import io.coffer.type.connection.Dialect;
import io.coffer.type.connection.TlsMode;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A credential as a log-in. It owns the copy of the password.
 *
 * @param byCertificate whether the client shows a certificate, which is not spoken here: a refusal
 *     without it would say nothing
 */
record Described(ConnectionParts parts, SessionTls tls, boolean byCertificate)
    implements AutoCloseable {

  private static final String AUTHORITIES = "ca_certificate";
  private static final String CLIENT_CERTIFICATE = "client_certificate";

  /** Which database it is for; empty if for none, or it does not say. */
  static Optional<Dialect> dialect(ProbeRequest request) {
    TypeDefinition type = request.type().definition();
    String field = type.dialectField();
    if (field == null) {
      return type.dialect().stream().findFirst().flatMap(Dialect::find);
    }
    return text(request, field).flatMap(Dialect::find);
  }

  /** The host in lower case; empty text if there is none. */
  static String host(ProbeRequest request) {
    return text(request, ConnectionFields.HOST).orElse("").toLowerCase(Locale.ROOT);
  }

  /** Reads the fields; empty if they make no log-in. */
  static Optional<Described> read(ProbeRequest request, Dialect dialect) {
    Map<String, Object> plain = new LinkedHashMap<>(request.plain());
    text(request, ConnectionFields.TLS_MODE)
        .ifPresent(mode -> plain.putIfAbsent(ConnectionFields.TLS_MODE, mode));
    @Nullable ConnectionParts parts = null;
    try {
      parts = ConnectionFields.of(dialect, plain, request.secrets());
      TlsMode mode = parts.tls() == null ? TlsMode.VERIFY_FULL : parts.tls();
      SessionTls tls = SessionTls.of(mode, text(request, AUTHORITIES).orElse(null));
      boolean certificate = text(request, CLIENT_CERTIFICATE).isPresent();
      return Optional.of(new Described(parts, tls, certificate));
    } catch (ConnectionRefusal | GeneralSecurityException e) {
      if (parts != null) {
        parts.close();
      }
      return Optional.empty();
    }
  }

  /** The text of a field, or of its default. */
  private static Optional<String> text(ProbeRequest request, String id) {
    Object usual =
        request.type().definition().field(id).map(FieldDefinition::defaultValue).orElse(null);
    return request.plain().getOrDefault(id, usual) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  @Override
  public void close() {
    parts.close();
  }

  @Override
  public String toString() {
    return "Described[" + parts.dialect().id() + ']';
  }
}
