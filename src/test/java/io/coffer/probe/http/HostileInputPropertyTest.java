package io.coffer.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretFields;
import io.coffer.type.FieldTexts;
import io.coffer.type.probe.AnswerRule.Body;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a field or comes in an answer. */
class HostileInputPropertyTest {

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.strings().withChars("ab.-_/@:#?%\\[]& \t").ofMinLength(1).ofMaxLength(30),
        Arbitraries.of(
            "evil.com/",
            "evil.com#",
            "evil.com?",
            "evil.com:443/x",
            "a@evil.com",
            "%2fevil.com",
            "[::1]",
            "..",
            "a\\b",
            "evil.com%23"));
  }

  @Property
  void aValueWithinAnAddressEndsNeitherHostNorPath(@ForAll("values") String value) {
    try (Filler filler = filler(value)) {
      String at = Addresses.fill("https://{account}.snowflakecomputing.com", filler);
      String path = Addresses.fill("/v1/{account}/end?fixed={account}&last=1", filler);
      URI url = Addresses.join(at, path);
      assertThat(url.getHost()).endsWith(".snowflakecomputing.com");
      assertThat(url.normalize().getRawPath()).startsWith("/v1/").endsWith("/end");
      assertThat(url.getRawQuery()).startsWith("fixed=").endsWith("&last=1");
      assertThat(url.getRawUserInfo()).isNull();
    } catch (CannotPlan refused) {
      assertThat(refused.reason()).isNotNull();
    }
  }

  private static Filler filler(String value) {
    return new Filler(
        new FieldTexts(
            Conformance.pack("snowflake"), Map.of("account", value), SecretFields.none()));
  }

  @Property
  void anyBytesAreRead(@ForAll byte[] body, @ForAll("values") String pointer) {
    AnswerFacts facts = AnswerFacts.read(body, Optional.of(pointer), List.of("/a", "/*/b"));
    assertThat(facts.kind()).isIn((Object[]) Body.values());
  }

  @Property
  void anyChallengeAndAnyTimeAreRead(@ForAll("values") String text) {
    assertThat(Challenge.parameters("Bearer " + text)).isNotNull();
    assertThat(Moments.read(text)).isNotNull();
    assertThat(Moments.retryAfter(text, Conformance.NOW)).isNotNull();
  }
}
