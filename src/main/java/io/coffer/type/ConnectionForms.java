package io.coffer.type;

import io.coffer.type.connection.ConnectionFields;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.ConnectionRefusal;
import io.coffer.type.connection.ConnectionUrls;
import io.coffer.type.connection.Dialect;
import io.coffer.type.connection.JdbcConnection;
import io.coffer.type.connection.TlsMode;
import io.coffer.type.format.ServiceAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Database credentials as connections. */
final class ConnectionForms {

  private static final String PROJECT = "project";
  private static final String SERVICE_ACCOUNT_JSON = ConnectionFields.SERVICE_ACCOUNT_JSON;

  private ConnectionForms() {}

  /** The connection in typed parts, which the caller closes; {@code form} is what it is for. */
  static ConnectionParts parts(RenderSource source, RenderForm form) {
    Dialect dialect = dialect(source, form);
    Map<String, Object> plain = new LinkedHashMap<>(source.plain());
    source
        .plain(ConnectionFields.TLS_MODE)
        .ifPresent(mode -> plain.putIfAbsent(ConnectionFields.TLS_MODE, mode));
    if (dialect == Dialect.BIGQUERY) {
      source
          .secret()
          .find(SERVICE_ACCOUNT_JSON)
          .flatMap(file -> ServiceAccount.project(file.revealText()))
          .ifPresent(project -> plain.putIfAbsent(PROJECT, project));
    }
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

  /** Some databases are logged in to in ways that leave nothing in a connection that says who. */
  private static void needIdentity(ConnectionParts parts, boolean url) {
    String id = ConnectionFields.passwordId(parts);
    List<String> needed =
        switch (parts.dialect()) {
          // Their other ways to log in exchange keys for a password, or for a token, first.
          case REDSHIFT, DATABRICKS -> parts.password() == null ? List.of(id) : List.of();
          // The token of a user who is not named.
          case CLICKHOUSE -> parts.user() == null ? List.of(ConnectionFields.USER, id) : List.of();
          // Its URLs have no place for a token, and its connections none for a refresh token.
          case BIGQUERY ->
              parts.password() == null || (url && !id.equals(SERVICE_ACCOUNT_JSON))
                  ? List.of(SERVICE_ACCOUNT_JSON)
                  : List.of();
          default -> List.of();
        };
    if (!needed.isEmpty()) {
      throw RenderSource.missing(needed);
    }
  }

  static Map<String, Object> url(RenderSource source) {
    try (ConnectionParts parts = parts(source, RenderForm.URL)) {
      needIdentity(parts, true);
      return Map.of("url", ConnectionUrls.url(parts));
    }
  }

  static Map<String, Object> jdbc(RenderSource source) {
    try (ConnectionParts parts = parts(source, RenderForm.JDBC)) {
      needIdentity(parts, false);
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
    if (field != null && source.plain(field).isEmpty()) {
      throw RenderSource.missing(List.of(field));
    }
    return dialect(source.type(), source.plain()).orElseThrow(() -> noConnection(source, form));
  }

  /** Which database a credential is for; empty if for none, or it does not say. */
  private static Optional<Dialect> dialect(TypeDefinition type, Map<String, Object> plain) {
    String field = type.dialectField();
    return Optional.ofNullable(field == null ? first(type) : plain.get(field))
        .flatMap(id -> Dialect.find(id.toString()));
  }

  private static @Nullable String first(TypeDefinition type) {
    return type.dialect().isEmpty() ? null : type.dialect().getFirst();
  }

  /** The port that holds where the credential names none; empty where there is no port to name. */
  static Optional<Long> usualPort(RenderSource source) {
    Optional<TlsMode> mode =
        source.plain(ConnectionFields.TLS_MODE).flatMap(id -> TlsMode.find(id.toString()));
    return dialect(source.type(), source.plain())
        .filter(dialect -> !dialect.hosted())
        .map(dialect -> (long) dialect.usualPort(mode.orElse(null)));
  }

  /** What of plain fields makes no connection to the database that they name, at most one fault. */
  static List<Violation> violations(TypeDefinition type, Map<String, Object> plain) {
    Optional<Dialect> dialect = dialect(type, plain);
    if (dialect.isEmpty()) {
      return List.of();
    }
    try {
      ConnectionFields.check(dialect.get(), plain);
      return List.of();
    } catch (ConnectionRefusal refusal) {
      return failure(refusal.part(), refusal).violations();
    }
  }

  /** What is stored is a file, say, which has an address but no connection. */
  private static TypeFailure.UnsupportedForm noConnection(RenderSource source, RenderForm form) {
    List<RenderForm> others = new ArrayList<>(Renderer.forms(source.type()));
    others.removeAll(List.of(RenderForm.URL, RenderForm.JDBC));
    return new TypeFailure.UnsupportedForm(form, others);
  }
}
