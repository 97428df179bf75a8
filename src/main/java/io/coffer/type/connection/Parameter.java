package io.coffer.type.connection;

import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A parameter that a connection string of some dialect may have.
 *
 * @param meaning what it says; two parameters with one meaning must not stand together
 * @param reader puts the value into the parts, or answers false if the value is not allowed
 */
record Parameter(String meaning, BiPredicate<PartsBuilder, String> reader) {

  private static final int MAX_DIGITS = 6;
  private static final String PASSWORD = "password";

  static Parameter of(Property property) {
    return new Parameter(property.id(), (parts, value) -> parts.property(property, value));
  }

  static Parameter tls(Map<String, TlsMode> words) {
    return new Parameter(
        "tls",
        (parts, value) -> {
          TlsMode mode = words.get(value);
          if (mode != null) {
            parts.tls(mode);
          }
          return mode != null;
        });
  }

  static Parameter database() {
    return new Parameter(
        "database",
        (parts, value) -> {
          parts.database(value);
          return true;
        });
  }

  static Parameter user() {
    return new Parameter(
        "user",
        (parts, value) -> {
          parts.user(value);
          return !value.isEmpty();
        });
  }

  static Parameter password() {
    return new Parameter(
        PASSWORD,
        (parts, value) -> {
          parts.password(value);
          return !value.isEmpty();
        });
  }

  /** The key file of a service account in base64, with which the SQLAlchemy dialect is given it. */
  static Parameter keyFile() {
    return new Parameter(
        PASSWORD,
        (parts, value) -> {
          try {
            return keyFile(Base64.getDecoder().decode(value)).map(parts::takes).orElse(false);
          } catch (IllegalArgumentException notBase64) {
            // Its message quotes a character.
            return false;
          }
        });
  }

  /**
   * What was decoded, if it is a JSON object. If not, it may be another secret that stands in the
   * wrong place, and is wiped.
   */
  static Optional<SecretValue> keyFile(byte[] decoded) {
    if (decoded.length > 1 && decoded[0] == '{') {
      return Optional.of(SecretValue.takeOwnershipOf(decoded));
    }
    Arrays.fill(decoded, (byte) 0);
    return Optional.empty();
  }

  /** Whether it is as long as a secret may be, which other rules bound. */
  boolean isSecret() {
    return meaning.equals(PASSWORD);
  }

  /** Says what holds anyway, so that it is read and forgotten. */
  static Parameter constant(String meaning, String... allowed) {
    Set<String> values = Set.of(allowed);
    return new Parameter(meaning, (parts, value) -> values.contains(value));
  }

  /** A time-out: ours hold instead. */
  static Parameter ignoredNumber(String meaning) {
    return new Parameter(
        meaning,
        (parts, value) ->
            !value.isEmpty()
                && value.length() <= MAX_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9'));
  }

  /** Whether SQL Server's certificate is taken unseen. */
  static Parameter trustServerCertificate() {
    return new Parameter(
        "trustServerCertificate",
        (parts, value) -> {
          if (value.equals("true")) {
            parts.anyCertificate();
          }
          return value.equals("true") || value.equals("false");
        });
  }
}
