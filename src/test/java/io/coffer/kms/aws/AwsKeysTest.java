package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KeyContext;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.KeyRef;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.TestStack;
import io.coffer.kms.WrappedKey;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.ServerKey;
import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** Rotation, aliases, copies in other regions, and the wrapping of the adapter as a whole. */
class AwsKeysTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final KeyContext CONTEXT =
      new KeyContext(UUID.randomUUID(), UUID.randomUUID(), KeyPurpose.VALUES);

  private static KmsServer server;
  private static KmsAsyncClient client;
  private static Kms kms;

  @BeforeAll
  static void start() {
    server = KmsServer.start();
    client = AwsSubject.client(server, PATIENCE);
    kms = TestStack.checkedOnly(new AwsKms(client, server.region()));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    server.faults().clear();
    server.calls().clear();
  }

  @Test
  void opensAfterARotationWhatWasWrappedBefore() {
    ServerKey key = server.createKey();
    try (GeneratedKey before = await(kms.generate(AwsSubject.ref(key), CONTEXT))) {
      key.rotate();
      try (GeneratedKey after = await(kms.generate(AwsSubject.ref(key), CONTEXT))) {
        assertThat(after.wrapped().key()).isEqualTo(before.wrapped().key());
        assertOpens(kms, before.wrapped(), before.plaintext());
        assertOpens(kms, after.wrapped(), after.plaintext());
      }
    }
  }

  @Test
  void storesTheKeyBehindAnAlias() {
    ServerKey first = server.createKey();
    ServerKey second = server.createKey();
    server.alias("alias/coffer", first);
    KeyRef alias = new KeyRef("aws", "alias/coffer");
    try (GeneratedKey before = await(kms.generate(alias, CONTEXT))) {
      assertThat(before.wrapped().key().keyId()).isEqualTo(first.arn());
      server.moveAlias("alias/coffer", second);
      assertThat(await(kms.describe(alias)).key().keyId()).isEqualTo(second.arn());
      assertOpens(kms, before.wrapped(), before.plaintext());
      assertThatThrownBy(() -> await(kms.unwrap(alias, before.wrapped().blob(), CONTEXT)))
          .isInstanceOf(KmsFailure.WrongKey.class);
    }
  }

  @Test
  void opensInAnotherRegionThroughTheCopyOfAMultiRegionKey() {
    ServerKey primary = server.createMultiRegionKey();
    try (KmsServer elsewhere = KmsServer.start("us-west-2");
        KmsAsyncClient away = AwsSubject.client(elsewhere, PATIENCE);
        GeneratedKey made = await(kms.generate(AwsSubject.ref(primary), CONTEXT))) {
      ServerKey copy = elsewhere.replicate(primary);
      Kms there = TestStack.checkedOnly(new AwsKms(away, "us-west-2"));
      assertOpens(there, made.wrapped(), made.plaintext());
      assertThat(elsewhere.calls().of("Decrypt").getFirst().keyId()).isEqualTo(copy.arn());
    }
  }

  @Test
  void findsNoKeyOfAnotherRegion() {
    try (KmsServer elsewhere = KmsServer.start("us-west-2")) {
      KeyRef foreign = AwsSubject.ref(elsewhere.createKey());
      assertThatThrownBy(() -> await(kms.describe(foreign)))
          .isInstanceOf(KmsFailure.UnknownKey.class);
    }
  }

  @Test
  void outlivesTroubleThatPasses() {
    KeyRef key = AwsSubject.ref(server.createKey());
    Kms whole = whole(Map.of("coffer.kms.retry.first-pause", "1ms"));
    server.faults().next("GenerateDataKey", 1, Fault.error("ThrottlingException"));
    server.faults().next("GenerateDataKey", 1, Fault.html(503));
    await(whole.generate(key, CONTEXT)).close();
    assertThat(server.calls().of("GenerateDataKey")).hasSize(3);
  }

  @Test
  void asksNoMoreOftenThanTheAttemptsAllow() {
    KeyRef key = AwsSubject.ref(server.createKey());
    Kms whole = whole(Map.of("coffer.kms.retry.first-pause", "1ms"));
    server.faults().always(Fault.error("KMSInternalException"));
    assertThatThrownBy(() -> await(whole.generate(key, CONTEXT)))
        .isInstanceOf(KmsFailure.Unavailable.class);
    assertThat(server.calls().count()).isEqualTo(3);
  }

  @Test
  void isThrottledByTheServersRate() {
    KeyRef key = AwsSubject.ref(server.createKey());
    server.throttle(2, 0);
    await(kms.generate(key, CONTEXT)).close();
    await(kms.generate(key, CONTEXT)).close();
    assertThatThrownBy(() -> await(kms.generate(key, CONTEXT)))
        .isInstanceOf(KmsFailure.Throttled.class);
    server.unthrottle();
    await(kms.generate(key, CONTEXT)).close();
  }

  @Test
  void hasADeadlineOverAllAttempts() {
    KeyRef key = AwsSubject.ref(server.createKey());
    Kms whole = whole(Map.of("coffer.kms.attempt-deadline", "10s", "coffer.kms.deadline", "300ms"));
    server.faults().always(new Fault.Never());
    assertThatThrownBy(() -> await(whole.generate(key, CONTEXT)))
        .isInstanceOf(KmsFailure.Unavailable.class)
        .hasMessageContaining("PT0.3S");
  }

  private static Kms whole(Map<String, String> config) {
    return TestStack.whole("aws", new AwsKms(client, server.region()), config);
  }

  private static void assertOpens(Kms kms, WrappedKey wrapped, SecretValue expected) {
    try (SecretValue opened = await(kms.unwrap(wrapped.key(), wrapped.blob(), CONTEXT))) {
      assertThat(opened.sameAs(expected)).isTrue();
    }
  }

  private static <T> T await(Uni<T> answer) {
    return answer.await().atMost(PATIENCE);
  }
}
