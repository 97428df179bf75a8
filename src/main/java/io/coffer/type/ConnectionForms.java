package io.coffer.type;

import io.coffer.type.connection.ConnectionFields;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.ConnectionRefusal;
import io.coffer.type.connection.ConnectionUrls;
import io.coffer.type.connection.Dialect;
import io.coffer.type.connection.JdbcConnection;
import io.coffer.type.connection.TlsMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Database credentials as connections. */
final class ConnectionForms {

  private ConnectionForms() {}

  /** The connection in typed parts, which the caller closes; {@code form} is what it is for. */
  static ConnectionParts parts(RenderSource source, RenderForm form) {
    Dialect dialect = dialect(source, form);
    Map<String, Object> plain = new LinkedHashMap<>(source.plain());
    source
        .plain(ConnectionFields.TLS_MODE)
        .filter(
            mode -> TlsMode.find(mode.toString()).filter(TlsMode.of(dialect)::contains).isPresent())
        .ifPresent(mode -> plain.putIfAbsent(ConnectionFields.TLS_MODE, mode));
    try {
      return ConnectionFields.of(dialect, plain, source.secret());
    } catch (ConnectionRefusal refusal) {
      throw failure(refusal.part(), refusal);
    }
  }

  /** The refusal as a failure of the field at fault. */
  static TypeFailure.InvalidFields failure(String field, ConnectionRefusal refusal) {
    return new TypeFailure.InvalidFields(
        List.of(Violation.of(field, FieldRule.UNREADABLE, refusal.sentence())));
  }

  static Map<String, Object> url(RenderSource source) {
    try (ConnectionParts parts = parts(source, RenderForm.URL)) {
      return Map.of("url", ConnectionUrls.url(parts));
    }
  }

  static Map<String, Object> jdbc(RenderSource source) {
    try (ConnectionParts parts = parts(source, RenderForm.JDBC)) {
      JdbcConnection jdbc = JdbcConnection.of(parts);
      Map<String, Object> content = new LinkedHashMap<>();
      content.put("url", jdbc.url());
      if (jdbc.user() != null) {
        content.put("user", jdbc.user());
      }
      if (jdbc.password() != null) {
        content.put("password", jdbc.password());
      }
      return content;
    }
  }

  private static Dialect dialect(RenderSource source, RenderForm form) {
    String field = source.type().dialectField();
    String id =
        field == null
            ? source.type().dialect().getFirst()
            : source
                .plain(field)
                .map(Object::toString)
                .orElseThrow(() -> RenderSource.missing(List.of(field)));
    return find(id).orElseThrow(() -> noConnection(source, form));
  }

  /** What is stored is a file, say, which has an address but no connection. */
  private static TypeFailure.UnsupportedForm noConnection(RenderSource source, RenderForm form) {
    List<RenderForm> others = new ArrayList<>(Renderer.forms(source.type()));
    others.removeAll(List.of(RenderForm.URL, RenderForm.JDBC));
    return new TypeFailure.UnsupportedForm(form, others);
  }

  static Optional<Dialect> find(String id) {
    return Dialect.find(id);
  }
}
