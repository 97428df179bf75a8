package io.coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsrfTokensTest {

  private static final String SECRET = "a secret of the tests, for cookies only";

  private final CsrfTokens tokens = new CsrfTokens(login("cookie-secret", SECRET));

  @Test
  void acceptsWhatItIssuedAndWhatAnotherReplicaDid() {
    String token = tokens.issue("issuer", "alice");
    assertThat(tokens.verify(token, visitor("issuer", "alice"))).isTrue();
    CsrfTokens replica = new CsrfTokens(login("cookie-secret", SECRET));
    assertThat(replica.verify(token, visitor("issuer", "alice"))).isTrue();
  }

  @Test
  void refusesAnothersToken() {
    String token = tokens.issue("issuer", "alice");
    assertThat(tokens.verify(token, visitor("issuer", "bob"))).isFalse();
    assertThat(tokens.verify(token, visitor("issuera", "lice"))).isFalse();
  }

  @Test
  void refusesATokenUnderAnotherKey() {
    String foreign = new CsrfTokens(login("enabled", "true")).issue("issuer", "alice");
    assertThat(tokens.verify(foreign, visitor("issuer", "alice"))).isFalse();
  }

  @Test
  void neverIssuesTheSameTwice() {
    assertThat(tokens.issue("issuer", "alice")).isNotEqualTo(tokens.issue("issuer", "alice"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", ".", "AAAA", "AAAA.BBBB", "%.%", "AAAAAAAAAAAAAAAAAAAAAA."})
  void refusesWhatIsNoToken(@Nullable String text) {
    assertThat(tokens.verify(text, visitor("issuer", "alice"))).isFalse();
  }

  @Test
  void productionDoesNotStartWithoutASharedSecret() {
    assertThatThrownBy(() -> LoginStart.check(login("enabled", "true"), true))
        .hasMessageContaining("coffer.login.cookie-secret");
    assertThatCode(() -> LoginStart.check(login("enabled", "true"), false))
        .doesNotThrowAnyException();
    assertThatCode(() -> LoginStart.check(login("enabled", "false"), true))
        .doesNotThrowAnyException();
  }

  @Test
  void noProfileStartsWithAShortSecret() {
    LoginConfig config = login("enabled", "true", "cookie-secret", "short");
    assertThatThrownBy(() -> LoginStart.check(config, false))
        .hasMessageContaining("shorter than 32")
        .hasMessageNotContaining("\"short\"");
  }

  private static Visitor visitor(String issuer, String subject) {
    return new Visitor(issuer, subject, subject, new TreeMap<>(), true);
  }

  private static LoginConfig login(String... settings) {
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      properties.put("coffer.login." + settings[i], settings[i + 1]);
    }
    return new SmallRyeConfigBuilder()
        .withMapping(LoginConfig.class)
        .withDefaultValues(properties)
        .build()
        .getConfigMapping(LoginConfig.class);
  }
}
