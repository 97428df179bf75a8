package io.coffer.type.connection;

import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes connections as URLs of one canonical spelling, which {@link ConnectionParser} reads back
 * to the same parts. All that is not unreserved in RFC 3986 is percent-encoded.
 */
public final class ConnectionUrls {

  private ConnectionUrls() {}

  /** The URL with user and password, which the caller closes. */
  public static SecretValue url(ConnectionParts parts) {
    byte[] secret = secret(parts);
    // A key file is no password of anybody: it is a parameter, the last one.
    byte[] url =
        parts.dialect() == Dialect.BIGQUERY
            ? joined(ascii(scheme(parts) + target(parts)), secret)
            : joined(ascii(scheme(parts) + userinfo(parts)), secret, ascii(target(parts)));
    Arrays.fill(secret, (byte) 0);
    return SecretValue.takeOwnershipOf(url);
  }

  private static byte[] joined(byte[]... pieces) {
    byte[] whole = new byte[Arrays.stream(pieces).mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }

  /** The URL without the password, for people to read. */
  public static String display(ConnectionParts parts) {
    String user = parts.user() == null ? "" : PercentCodec.encode(parts.user()) + '@';
    return scheme(parts) + user + target(parts);
  }

  private static String scheme(ConnectionParts parts) {
    return parts.dialect().id() + "://";
  }

  private static String userinfo(ConnectionParts parts) {
    if (parts.user() != null) {
      return PercentCodec.encode(parts.user());
    }
    // The user name under which this database takes access tokens.
    return parts.dialect() == Dialect.DATABRICKS && parts.password() != null ? "token" : "";
  }

  /** From the colon before the password to the sign behind it; or the parameter with the key. */
  private static byte[] secret(ConnectionParts parts) {
    SecretValue password = parts.password();
    if (parts.dialect() == Dialect.BIGQUERY) {
      return password != null && parts.hasKeyFile() ? keyFile(parts, password) : new byte[0];
    }
    if (password == null || password.length() == 0) {
      return ascii(parts.user() == null ? "" : "@");
    }
    byte[] plain = password.revealBytes();
    byte[] encoded = PercentCodec.encode(plain);
    byte[] framed = new byte[encoded.length + 2];
    framed[0] = ':';
    System.arraycopy(encoded, 0, framed, 1, encoded.length);
    framed[framed.length - 1] = '@';
    Arrays.fill(plain, (byte) 0);
    Arrays.fill(encoded, (byte) 0);
    return framed;
  }

  private static byte[] keyFile(ConnectionParts parts, SecretValue file) {
    byte[] plain = file.revealBytes();
    byte[] base64 = Base64.getEncoder().encode(plain);
    byte[] encoded = PercentCodec.encode(base64);
    String name = (query(parts).isEmpty() ? "?" : "&") + ParameterTables.KEY_FILE + '=';
    byte[] parameter = joined(ascii(name), encoded);
    for (byte[] copy : List.of(plain, base64, encoded)) {
      Arrays.fill(copy, (byte) 0);
    }
    return parameter;
  }

  private static String target(ConnectionParts parts) {
    return authority(parts) + path(parts) + query(parts);
  }

  private static String authority(ConnectionParts parts) {
    return switch (parts.dialect()) {
      case SNOWFLAKE -> parts.property(Property.ACCOUNT).orElseGet(() -> parts.host().text());
      case BIGQUERY -> parts.property(Property.PROJECT).orElse("");
      case DATABRICKS -> parts.host().uriText();
      default -> parts.host().uriText() + ':' + parts.port();
    };
  }

  private static String path(ConnectionParts parts) {
    return switch (parts.dialect()) {
      case ORACLE -> segment(parts.property(Property.SERVICE_NAME).orElse(null));
      case BIGQUERY -> segment(parts.property(Property.DATASET).orElse(null));
      case DATABRICKS -> "/";
      case SNOWFLAKE -> {
        String schema = parts.property(Property.SCHEMA).map(PercentCodec::encode).orElse("");
        boolean both = parts.database() != null && !schema.isEmpty();
        yield segment(parts.database()) + (both ? '/' + schema : "");
      }
      default -> segment(parts.database());
    };
  }

  private static String segment(@Nullable String name) {
    return name == null ? "/" : '/' + PercentCodec.encode(name);
  }

  private static String query(ConnectionParts parts) {
    Map<String, String> query = new LinkedHashMap<>(tls(parts));
    parts
        .properties()
        .forEach(
            (property, value) -> {
              String key = key(property, parts);
              if (key != null) {
                query.put(key, value);
              }
            });
    return query.isEmpty()
        ? ""
        : query.entrySet().stream()
            .map(entry -> entry.getKey() + '=' + PercentCodec.encode(entry.getValue()))
            .collect(Collectors.joining("&", "?", ""));
  }

  private static Map<String, String> tls(ConnectionParts parts) {
    TlsMode mode = parts.tls();
    if (mode == null) {
      return Map.of();
    }
    return switch (parts.dialect()) {
      case POSTGRESQL, REDSHIFT -> Map.of("sslmode", mode.id());
      case MYSQL -> Map.of("ssl-mode", TlsWords.mysql(mode));
      case MSSQL -> TlsWords.sqlServer(mode);
      case ORACLE -> Map.of("protocol", mode == TlsMode.DISABLE ? "tcp" : "tcps");
      case CLICKHOUSE -> Map.of("secure", mode == TlsMode.DISABLE ? "false" : "true");
      case SNOWFLAKE, BIGQUERY, DATABRICKS -> Map.of();
    };
  }

  /** The parameter that holds a property; null if the path or the authority holds it. */
  private static @Nullable String key(Property property, ConnectionParts parts) {
    return switch (property) {
      case ACCOUNT, PROJECT, DATASET, SERVICE_NAME -> null;
      case SCHEMA ->
          parts.dialect() == Dialect.SNOWFLAKE && parts.database() != null ? null : "schema";
      case HOST_NAME_IN_CERTIFICATE -> "hostNameInCertificate";
      case APPLICATION_INTENT -> "applicationIntent";
      case AUTHENTICATION, WAREHOUSE, ROLE, CATALOG, HTTP_PATH, SID, LOCATION, CHANNEL_BINDING ->
          property.id();
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
