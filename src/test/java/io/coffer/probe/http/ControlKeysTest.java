package io.coffer.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlKeysTest {

  @ParameterizedTest
  @CsvSource({
    "sk-proj-AbCdEfGhIjKlMnOp0123, sk-proj-[A-Z][a-z][A-Z][a-z][A-Za-z]{12}[0-9]{4}",
    "gsk_0123456789abcdefghij, gsk_[0-9]{10}[a-z]{10}",
    "0123456789abcdef0123456789abcdef, [0-9a-f]{32}",
    "AIzaSyAbCdEfGhIjKlMnOpQr, [A-Z]{2}[a-zA-Z]{22}",
    "short, [a-z]{5}[0-9]{11}",
  })
  void keepsTheShape(String secret, String shape) {
    try (SecretValue value = SecretValue.ofText(secret);
        SecretValue other = ControlKeys.like(value)) {
      assertThat(other.revealText()).matches(shape).isNotEqualTo(secret);
    }
  }
}
