package io.coffer.type.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares connections, passwords included. */
final class RoundTrip {

  private RoundTrip() {}

  /** The canonical URL, and the fields, give the same parts again. */
  static void assertReadsBack(ConnectionParts parts) {
    try (SecretValue url = ConnectionUrls.url(parts);
        ConnectionParts again = ConnectionParser.parse(parts.dialect(), url.revealText())) {
      // The URL always has a port, so that what reads it needs no table of them.
      assertThat(again.portGiven()).isEqualTo(!parts.dialect().hosted());
      assertThat(again)
          .usingRecursiveComparison()
          .ignoringFields("password", "portGiven")
          .isEqualTo(parts);
      assertThat(text(again.password())).isEqualTo(text(parts.password()));
    }
    SecretValue password = parts.password();
    Map<String, SecretValue> secrets =
        password == null ? Map.of() : Map.of(ConnectionFields.passwordId(parts), password.copy());
    try (SecretFields secret = SecretFields.of(secrets);
        ConnectionParts again =
            ConnectionFields.of(parts.dialect(), ConnectionFields.plain(parts), secret)) {
      assertSame(again, parts);
    }
  }

  static void assertSame(ConnectionParts actual, ConnectionParts expected) {
    assertThat(actual).usingRecursiveComparison().ignoringFields("password").isEqualTo(expected);
    assertThat(text(actual.password())).isEqualTo(text(expected.password()));
  }

  static @Nullable String text(@Nullable SecretValue secret) {
    return secret == null ? null : secret.revealText();
  }
}
