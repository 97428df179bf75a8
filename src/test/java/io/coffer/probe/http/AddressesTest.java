package io.coffer.probe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.openai.com, /v1/models, https://api.openai.com/v1/models",
    "https://api.openai.com/, /v1/models, https://api.openai.com/v1/models",
    "https://api.openai.com/v1, /v1/models, https://api.openai.com/v1/models",
    "https://api.openai.com/v1/, /v1/models, https://api.openai.com/v1/models",
    "https://gw.example.com/a/v1, /models, https://gw.example.com/a/v1/models",
    "https://api.groq.com/openai/v1, /openai/v1/models, https://api.groq.com/openai/v1/models",
    "https://openrouter.ai/api, /api/v1/key, https://openrouter.ai/api/v1/key",
    "hub.example.com:8443, /me/, https://hub.example.com:8443/me/",
    "https://sts.amazonaws.com, /?Action=X, https://sts.amazonaws.com/?Action=X",
    "http://[::1]:8080/v1, /v1/models?limit=1, http://[::1]:8080/v1/models?limit=1",
  })
  void repeatsNothingThatTheAddressEndsWith(String base, String path, String whole) {
    assertThat(Addresses.join(base, path)).hasToString(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:password@example.com",
        "file:///etc/passwd",
        "ftp://example.com",
        "https://",
        "https://exa mple.com",
        "https://example.com/#a",
        "jar:https://x!/",
        "https://example.com?x=1",
        "gopher://example.com"
      })
  void takesNothingElseThanAnAddress(String base) {
    assertThatThrownBy(() -> Addresses.join(base, "/v1/models")).isInstanceOf(CannotPlan.class);
  }

  @ParameterizedTest
  @CsvSource({
    "quay.io, quay.io, true",
    "registry.gitlab.com, gitlab.com, true",
    "registry.example.com, auth.example.com, true",
    "example.com, auth.example.com, true",
    "QUAY.io, Quay.IO, true",
    "quay.io, evil.io, false",
    "quay.io, quay.io.evil.com, false",
    "quay.io, evilquay.io, false",
    "example.co.uk, evil.co.uk, false",
    "mine.azurecr.io, evil.azurecr.io, false",
    "mine.azurecr.io, mine.azurecr.io, true",
    "10.0.0.1, 10.0.0.2, false",
    "localhost, evil.com, false",
    "example.com, com, false",
  })
  void sendsASecretToSiblingsOnly(String host, String other, boolean sibling) {
    assertThat(Addresses.isSibling(host, other)).isEqualTo(sibling);
  }
}
