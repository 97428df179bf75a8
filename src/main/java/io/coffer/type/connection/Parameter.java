package io.coffer.type.connection;

import java.util.Map;
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
        "password",
        (parts, value) -> {
          parts.password(value);
          return !value.isEmpty();
        });
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
