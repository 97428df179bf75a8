package io.coffer.access.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.access.issuer.IdentityConfig.IssuerConfig;
import io.coffer.access.issuer.IdentityFailure.KeysUnknown;
import io.coffer.access.issuer.IdentityFailure.TokenRefused;
import io.coffer.access.issuer.IdentityFailure.TokenRefused.Reason;
import io.coffer.testing.ManualClock;
import io.coffer.testing.TestIssuer;
import io.coffer.testing.TestTokens;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckerTest {

  private static Vertx vertx;

  private final ManualClock clock = new ManualClock(Instant.now());
  private TestIssuer issuer;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopVertx() {
    vertx.closeAndAwait();
  }

  @BeforeEach
  void startIssuer() {
    issuer = TestIssuer.start();
  }

  @AfterEach
  void stopIssuer() {
    issuer.close();
  }

  @Test
  void acceptsWhatItsIssuerSigned() {
    CheckedToken token = check(checker(), token().roles("admin").sign());
    assertThat(token.issuer()).isEqualTo(issuer.url());
    assertThat(token.subject()).isEqualTo("alice");
    assertThat(token.claims()).containsEntry("roles", List.of("admin"));
  }

  @Test
  void acceptsAnEllipticCurveKey() throws Exception {
    EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
    key.setKeyId("ec");
    issuer.replaceKeys(key);
    assertThat(check(checker(), token().algorithm("ES256").sign()).subject()).isEqualTo("alice");
  }

  @Test
  void refusesAnUnknownIssuer() {
    try (TestIssuer other = TestIssuer.start()) {
      refuses(other.tokensOf("alice").sign(), Reason.UNKNOWN_ISSUER);
    }
  }

  /** RFC 7519, section 4.1.1: the issuer is compared as it stands, whatever finds its keys. */
  @Test
  void refusesAnIssuerThatIsNotWrittenAsItsOwnDocumentWritesIt() {
    String slash = issuer.url().endsWith("/") ? "" : "/";
    String other = issuer.url().replaceAll("/$", "") + slash;
    refuses(TestTokens.signedBy(other, issuer.key(), "alice").sign(), Reason.UNKNOWN_ISSUER);
  }

  @Test
  void refusesAForeignKeyUnderAKnownName() {
    var forged = TestIssuer.newKey();
    forged.setKeyId(issuer.key().getKeyId());
    refuses(TestTokens.signedBy(issuer.url(), forged, "alice").sign(), Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesAnEditedPayload() {
    String[] parts = token().sign().split("\\.");
    String payload =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("alice", "admin");
    String edited =
        parts[0]
            + '.'
            + Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(payload.getBytes(StandardCharsets.UTF_8))
            + '.'
            + parts[2];
    refuses(edited, Reason.BAD_SIGNATURE);
  }

  @Test
  void refusesAMacUnderThePublicKey() throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload("{\"iss\":\"%s\",\"sub\":\"x\"}".formatted(issuer.url()));
    PublicKey published = issuer.key().getPublicKey();
    signature.setKey(new HmacKey(published.getEncoded()));
    signature.setAlgorithmHeaderValue("HS256");
    signature.setKeyIdHeaderValue(issuer.key().getKeyId());
    signature.setHeader("typ", "JWT");
    refuses(signature.getCompactSerialization(), Reason.WRONG_ALGORITHM);
  }

  @Test
  void refusesAnUnsignedToken() {
    refuses(unsigned("{\"alg\":\"none\",\"typ\":\"JWT\"}"), Reason.WRONG_ALGORITHM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "a.b.c", "..", "e30.e30.e30", "[].{}.x", "é.é.é"})
  void refusesWhatIsNoToken(String text) {
    refuses(text, Reason.MALFORMED);
  }

  @Test
  void refusesAnotherAudience() {
    refuses(token().audience("other").sign(), Reason.WRONG_AUDIENCE);
    refuses(token().without("aud").sign(), Reason.WRONG_AUDIENCE);
  }

  @Test
  void acceptsNoAudienceWhereThatIsAllowed() {
    TokenChecker lenient = checker(Map.of("allow-missing-audience", "true"));
    assertThat(check(lenient, token().without("aud").sign()).subject()).isEqualTo("alice");
    refuses(lenient, token().audience("other").sign(), Reason.WRONG_AUDIENCE);
  }

  @Test
  void refusesIdTokens() {
    refuses(token().claim("typ", "ID").sign(), Reason.WRONG_TYPE);
    refuses(token().claim("at_hash", "x").sign(), Reason.WRONG_TYPE);
    refuses(token().claim("nonce", "x").sign(), Reason.WRONG_TYPE);
    refuses(token().type("logout+jwt").sign(), Reason.WRONG_TYPE);
  }

  @Test
  void acceptsTheTypeOfAccessTokens() {
    assertThat(check(checker(), token().type("at+JWT").sign()).subject()).isEqualTo("alice");
    assertThat(check(checker(), token().type("application/at+jwt").sign()).subject())
        .isEqualTo("alice");
  }

  @Test
  void refusesTokensThatLackTimesOrSubject() {
    refuses(token().without("exp").sign(), Reason.BAD_CLAIMS);
    refuses(token().without("iat").sign(), Reason.BAD_CLAIMS);
    refuses(token().without("sub").sign(), Reason.BAD_CLAIMS);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 31_556_889_864_403_199L})
  void refusesTimesThatNoClockShows(long time) {
    for (String claim : List.of("exp", "iat")) {
      String token = token().claim(claim, time).sign();
      assertThatThrownBy(() -> check(checker(), token)).isInstanceOf(TokenRefused.class);
    }
  }

  @Test
  void refusesATokenFromTheFuture() {
    Instant later = clock.instant().plus(Duration.ofMinutes(5));
    refuses(token().issuedAt(later).sign(), Reason.NOT_YET_VALID);
    refuses(token().claim("nbf", later.getEpochSecond()).sign(), Reason.NOT_YET_VALID);
  }

  @Test
  void forgetsARememberedTokenWhenItExpires() {
    TokenChecker checker = checker();
    String token = token().sign();
    accepts(checker, token);
    clock.advance(Duration.ofMinutes(5).plusSeconds(31));
    refuses(checker, token, Reason.EXPIRED);
  }

  @Test
  void boundsTheAgeOfALongLivedToken() {
    TokenChecker checker = checker();
    String token = token().expiresAt(clock.instant().plus(Duration.ofDays(1))).sign();
    accepts(checker, token);
    clock.advance(Duration.ofMinutes(15).plusSeconds(1));
    refuses(checker, token, Reason.TOO_OLD);
  }

  @Test
  void checksARememberedTokenWithoutAskingTheIssuer() {
    TokenChecker checker = checker();
    String token = token().sign();
    accepts(checker, token);
    int asked = issuer.keyRequests();
    issuer.answerWith(503);
    accepts(checker, token);
    assertThat(issuer.keyRequests()).isEqualTo(asked);
  }

  @Test
  void refusesWhatAWithdrawnKeySignedAtTheNextPoll() {
    TokenChecker checker = checker();
    String token = token().sign();
    accepts(checker, token);
    issuer.replaceKeys(TestIssuer.newKey());
    checker.pollKeys().await().indefinitely();
    refuses(checker, token, Reason.UNKNOWN_KEY);
  }

  @Test
  void refusesARememberedTokenWhoseKeyWasExchangedUnderTheSameName() {
    TokenChecker checker = checker();
    String token = token().sign();
    accepts(checker, token);
    var another = TestIssuer.newKey();
    another.setKeyId(issuer.key().getKeyId());
    issuer.replaceKeys(another);
    checker.pollKeys().await().indefinitely();
    refuses(checker, token, Reason.BAD_SIGNATURE);
  }

  @Test
  void findsANewKeyAtOnceButDoesNotAskForEveryUnknownOne() {
    TokenChecker checker = checker();
    accepts(checker, token().sign());
    issuer.addKey(TestIssuer.newKey());
    clock.advance(Duration.ofSeconds(6));
    accepts(checker, token().sign());
    int asked = issuer.keyRequests();
    for (int i = 0; i < 10; i++) {
      String foreign = TestTokens.signedBy(issuer.url(), TestIssuer.newKey(), "alice").sign();
      refuses(checker, foreign, Reason.UNKNOWN_KEY);
    }
    assertThat(issuer.keyRequests()).isEqualTo(asked);
  }

  @Test
  void keepsKnownKeysForAWhileWhenTheIssuerDoesNotAnswer() {
    TokenChecker checker = checker();
    accepts(checker, token().sign());
    issuer.answerWith(500);
    clock.advance(Duration.ofMinutes(59));
    checker.pollKeys().await().indefinitely();
    accepts(checker, fresh().sign());

    clock.advance(Duration.ofMinutes(2));
    String token = fresh().sign();
    assertThatThrownBy(() -> check(checker, token))
        .isInstanceOfSatisfying(
            KeysUnknown.class, failure -> assertThat(failure.retryable()).isTrue());

    issuer.answerWith(200);
    checker.pollKeys().await().indefinitely();
    assertThat(check(checker, token).subject()).isEqualTo("alice");
  }

  @Test
  void believesNoDiscoveryDocumentOfAnotherIssuer() {
    issuer.claimToBe("https://login.example.com");
    String token = token().sign();
    TokenChecker checker = checker();
    assertThatThrownBy(() -> check(checker, token)).isInstanceOf(KeysUnknown.class);
  }

  @Test
  void readsAKeySetUpToItsLimitOnly() {
    issuer.padWith(HttpKeySource.MAX_DOCUMENT / 2);
    accepts(checker(), token().sign());
    issuer.padWith(HttpKeySource.MAX_DOCUMENT);
    String token = token().sign();
    TokenChecker checker = checker();
    assertThatThrownBy(() -> check(checker, token)).isInstanceOf(KeysUnknown.class);
  }

  @Test
  void asksOnceForManyWaiters() {
    TokenChecker checker = checker();
    List<Uni<CheckedToken>> checks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      checks.add(checker.check(token().sign()));
    }
    assertThat(Uni.join().all(checks).andFailFast().await().indefinitely()).hasSize(50);
    assertThat(issuer.keyRequests()).isOne();
  }

  @Test
  void storesItsPeopleUnderTheConfiguredName() {
    TokenChecker checker = checker(Map.of("recorded-as", "corporate"));
    assertThat(check(checker, token().sign()).issuer()).isEqualTo("corporate");
  }

  @Test
  void keepsTokensOutOfItsTexts() {
    String token = token().sign();
    assertThat(UnverifiedToken.read(token).toString()).doesNotContain(token);
    String marked = token().claim("email", "marker@example.org").sign();
    assertThat(check(checker(), marked).toString()).doesNotContain("marker");
    assertThatThrownBy(() -> check(checker(), token + "x"))
        .satisfies(failure -> assertThat(failure.toString()).doesNotContain(token));
  }

  private TestTokens token() {
    return issuer.tokensOf("alice");
  }

  private TestTokens fresh() {
    return token()
        .issuedAt(clock.instant())
        .expiresAt(clock.instant().plus(Duration.ofMinutes(10)));
  }

  private String unsigned(String header) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String payload = "{\"iss\":\"%s\",\"sub\":\"alice\"}".formatted(issuer.url());
    return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + '.'
        + encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
        + '.';
  }

  private void refuses(String token, Reason reason) {
    refuses(checker(), token, reason);
  }

  private static void refuses(TokenChecker checker, String token, Reason reason) {
    assertThatThrownBy(() -> check(checker, token))
        .asInstanceOf(InstanceOfAssertFactories.type(TokenRefused.class))
        .extracting(TokenRefused::reason)
        .isEqualTo(reason);
  }

  private static void accepts(TokenChecker checker, String token) {
    assertThat(check(checker, token).subject()).isEqualTo("alice");
  }

  private static CheckedToken check(TokenChecker checker, String token) {
    return checker.check(token).await().atMost(Duration.ofSeconds(10));
  }

  private TokenChecker checker() {
    return checker(Map.of());
  }

  private TokenChecker checker(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    String prefix = "coffer.identity.issuers.default.";
    properties.put(prefix + "url", issuer.url());
    properties.put(prefix + "audience", TestTokens.AUDIENCE);
    settings.forEach((name, value) -> properties.put(prefix + name, value));
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(IdentityConfig.class)
            .withDefaultValues(properties)
            .withConverter(Duration.class, 200, new DurationConverter())
            .build();
    IdentityConfig identity = config.getConfigMapping(IdentityConfig.class);
    IssuerConfig mine = Objects.requireNonNull(identity.issuers().get("default"));
    HttpKeySource source =
        new HttpKeySource(
            vertx.createHttpClient(), clock, identity.requestTimeout(), issuer.url(), mine);
    IssuerKeys keys =
        new IssuerKeys(
            "default", source, clock, identity.keepKeysFor(), identity.keyRefreshPause());
    Issuer checked = new Issuer("default", mine, keys, clock, identity.clockSkew());
    return new TokenChecker(Map.of(issuer.url(), checked), identity.maxCheckedTokens(), clock);
  }
}
