package io.coffer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressFormTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://coffer.example.org",
        "https://coffer.example.org:8443",
        "http://localhost:8080",
        "https://[2001:db8::1]"
      })
  void isSchemeAndHost(String address) {
    assertThat(PublicAddress.checked(URI.create(address))).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://coffer.example.org/",
        "https://coffer.example.org/coffer",
        "https://user@coffer.example.org",
        "https://coffer.example.org?x",
        "https://coffer.example.org#x",
        "coffer.example.org",
        "ftp://coffer.example.org",
        "https:coffer"
      })
  void isNothingElse(String address) {
    assertThatThrownBy(() -> PublicAddress.checked(URI.create(address)))
        .hasMessageContaining("coffer.http.public-address");
  }
}
