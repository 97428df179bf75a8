package io.coffer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When values end, by what they say themselves. */
class ValueExpiryTest {

  @Test
  void readsTheEndOfAToken() {
    assertThat(end(token("{\"exp\":1893456000}"))).contains(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(end(token("{\"exp\":\"soon\"}"))).isEmpty();
    assertThat(end(token("{\"exp\":-1}"))).isEmpty();
    assertThat(end(token("{\"exp\":1e300}"))).isEmpty();
    assertThat(end(token("[1]"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "?sv=2022-11-02&se=2030-01-01T00%3A00%3A00Z&sr=c&sig=abc, 2030-01-01T00:00:00Z",
    "sv=2022-11-02&sig=abc&se=2030-01-01, 2030-01-01T00:00:00Z",
    "https://a.blob.core.windows.net/c?se=2030-01-01T08:00:00Z&sig=x, 2030-01-01T08:00:00Z"
  })
  void readsTheEndOfASharedAccessSignature(String signature, String end) {
    assertThat(end(signature)).contains(Instant.parse(end));
  }

  @Test
  void readsNoneWhereThereIsNone() {
    assertThat(end("se=2030-01-01")).isEmpty();
    assertThat(end("?se=2030-99-99&sig=x")).isEmpty();
    assertThat(end("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")).isEmpty();
  }

  @Property
  void takesAnyText(@ForAll @StringLength(max = 200) String text) {
    assertThat(end("a." + text.replace("\ud800", "") + ".c&sig=&se=" + 1)).isNotNull();
  }

  private static String token(String claims) {
    return "eyJhbGciOiJub25lIn0."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".sig";
  }

  private static Optional<Instant> end(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    try (SecretFields secrets =
        SecretFields.of(Map.of("secret", SecretValue.takeOwnershipOf(bytes)))) {
      return ValueExpiry.of(Map.of(), secrets);
    }
  }
}
