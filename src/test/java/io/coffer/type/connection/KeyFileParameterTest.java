package io.coffer.type.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a connection string holds in the place of a key file. */
class KeyFileParameterTest {

  @Test
  void keepsAJsonObject() {
    byte[] object = "{\"type\":\"service_account\"}".getBytes(StandardCharsets.US_ASCII);
    try (SecretValue kept = Parameter.keyFile(object).orElseThrow()) {
      assertThat(kept.length()).isEqualTo(26);
    }
  }

  @Test
  void wipesWhatIsNone() {
    byte[] other = "a secret of something else".getBytes(StandardCharsets.US_ASCII);
    assertThat(Parameter.keyFile(other)).isEmpty();
    assertThat(other).containsOnly(0);
  }
}
