package io.coffer.access.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What is believed of an issuer's discovery document. */
class DiscoveryTest {

  private static final String ISSUER = "https://id.example.org/realm";

  @Test
  void followsItsOwnIssuerOnly() {
    assertThat(HttpKeySource.readPlace(ISSUER, document(ISSUER, "https://keys.example.org/k")))
        .isEqualTo(new HttpKeySource.Place(ISSUER, "https://keys.example.org/k"));
    assertThatThrownBy(
            () ->
                HttpKeySource.readPlace(
                    ISSUER, document("https://evil.example.org", "https://keys.example.org/k")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isNotLedFromHttpsToPlainHttp() {
    String leading = document(ISSUER, "http://keys.example.org/k");
    assertThatThrownBy(() -> HttpKeySource.readPlace(ISSUER, leading))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("plain HTTP");
  }

  private static String document(String issuer, String keys) {
    return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + keys + "\"}";
  }
}
