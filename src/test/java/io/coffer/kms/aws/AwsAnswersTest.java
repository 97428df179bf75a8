package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KeyContext;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.KeyRef;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.TestStack;
import io.coffer.kms.WrappedKey;
import io.coffer.kms.aws.server.Calls;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.ServerKey;
import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** No answer is believed unchecked, every error has its kind, and nothing is asked twice. */
class AwsAnswersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final KeyContext CONTEXT =
      new KeyContext(UUID.randomUUID(), UUID.randomUUID(), KeyPurpose.VALUES);

  private static KmsServer server;
  private static KmsAsyncClient client;
  private static Kms kms;
  private static ServerKey serverKey;
  private static KeyRef key;
  private static WrappedKey wrapped;

  @BeforeAll
  static void start() {
    server = KmsServer.start();
    client = AwsSubject.client(server, PATIENCE);
    kms = TestStack.checkedOnly(new AwsKms(client, server.region()));
    serverKey = server.createKey();
    key = AwsSubject.ref(serverKey);
    try (GeneratedKey made = await(kms.generate(key, CONTEXT))) {
      wrapped = made.wrapped();
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    server.faults().clear();
    server.permissions().clear();
    server.calls().clear();
    server.restoreAccessKey();
    server.skewClock(Duration.ZERO);
    serverKey.become(ServerKey.State.Enabled);
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        arguments("InvalidCiphertextException", KmsFailure.Corrupt.class),
        arguments("IncorrectKeyException", KmsFailure.WrongKey.class),
        arguments("NotFoundException", KmsFailure.UnknownKey.class),
        arguments("DisabledException", KmsFailure.KeyDisabled.class),
        arguments("KMSInvalidStateException", KmsFailure.KeyDisabled.class),
        arguments("KeyUnavailableException", KmsFailure.Unavailable.class),
        arguments("DependencyTimeoutException", KmsFailure.Unavailable.class),
        arguments("KMSInternalException", KmsFailure.Unavailable.class),
        arguments("InternalFailure", KmsFailure.Unavailable.class),
        arguments("ServiceUnavailable", KmsFailure.Unavailable.class),
        arguments("ThrottlingException", KmsFailure.Throttled.class),
        arguments("RequestLimitExceeded", KmsFailure.Throttled.class),
        arguments("com.amazonaws.kms#ThrottlingException", KmsFailure.Throttled.class),
        arguments("LimitExceededException", KmsFailure.Misconfigured.class),
        arguments("InvalidKeyUsageException", KmsFailure.Misconfigured.class),
        arguments("ValidationException", KmsFailure.Misconfigured.class),
        arguments("SerializationException", KmsFailure.Misconfigured.class),
        arguments("UnknownOperationException", KmsFailure.Misconfigured.class),
        arguments("InvalidArnException", KmsFailure.Misconfigured.class),
        arguments("AccessDeniedException", KmsFailure.Denied.class),
        arguments("InvalidGrantTokenException", KmsFailure.Denied.class),
        arguments("ExpiredTokenException", KmsFailure.Unauthenticated.class),
        arguments("UnrecognizedClientException", KmsFailure.Unauthenticated.class),
        arguments("InvalidClientTokenId", KmsFailure.Unauthenticated.class),
        arguments("InvalidSignatureException", KmsFailure.Unauthenticated.class),
        arguments("MissingAuthenticationToken", KmsFailure.Unauthenticated.class),
        arguments("RequestTimeTooSkewed", KmsFailure.Unauthenticated.class),
        arguments("RequestExpired", KmsFailure.Unauthenticated.class),
        arguments("SomethingNewException", KmsFailure.Unexpected.class));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void givesEachErrorItsKindAfterOneAttempt(String code, Class<? extends KmsFailure> kind) {
    server.faults().next("Decrypt", 9, Fault.error(code));
    KmsFailure failure = failure(kms.unwrap(key, wrapped.blob(), CONTEXT));
    assertThat(failure).isInstanceOf(kind).hasNoCause();
    assertThat(failure.getMessage())
        .contains(code.replaceFirst(".*#", ""))
        .contains("(request ")
        .doesNotContain("as planned", "arn:");
    assertThat(server.calls().of("Decrypt"))
        .extracting(Calls.Call::attempt)
        .containsExactly("attempt=1; max=1");
  }

  @Test
  void readsTheSameErrorsUnderAnyStatus() {
    server.faults().next("Decrypt", 1, new Fault.Error("KMSInternalException", 400));
    server.faults().next("Decrypt", 1, new Fault.Error("TooMuch", 429));
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Unavailable.class);
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Throttled.class);
  }

  @Test
  void takesTroubleOnTheWayForUnavailableAfterOneAttempt() {
    for (Fault fault : new Fault[] {Fault.html(503), Fault.html(200), new Fault.Cut()}) {
      server.calls().clear();
      server.faults().next("Decrypt", 9, fault);
      assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Unavailable.class).hasNoCause();
      assertThat(server.calls().of("Decrypt")).hasSize(1);
      server.faults().clear();
    }
  }

  @Test
  void takesARefusedConnectionForUnavailable() {
    URI nobody;
    try (KmsServer gone = KmsServer.start()) {
      nobody = gone.endpoint();
    }
    try (KmsAsyncClient lost = AwsSubject.client(nobody, server.region(), PATIENCE, true)) {
      assertThat(failure(new AwsKms(lost, server.region()).describe(key)))
          .isInstanceOf(KmsFailure.Unavailable.class)
          .hasMessageContaining("ConnectException");
    }
  }

  @Test
  void givesUpOnAnAnswerThatDoesNotCome() {
    server.faults().next("Decrypt", 9, new Fault.Never());
    try (KmsAsyncClient hasty = AwsSubject.client(server, Duration.ofMillis(300))) {
      assertThat(failure(new AwsKms(hasty, server.region()).unwrap(key, wrapped.blob(), CONTEXT)))
          .isInstanceOf(KmsFailure.Unavailable.class)
          .hasMessageContaining("Timeout");
      assertThat(server.calls().of("Decrypt")).hasSize(1);
    }
  }

  static Stream<Fault> emptyAnswers() {
    return Stream.of(Fault.emptyObject(), Fault.noBody());
  }

  @ParameterizedTest
  @MethodSource("emptyAnswers")
  void believesNoEmptyAnswer(Fault fault) {
    server.faults().always(fault);
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Unexpected.class);
    assertThat(failure(kms.generate(key, CONTEXT))).isInstanceOf(KmsFailure.Unexpected.class);
    assertThat(failure(kms.describe(key))).isInstanceOf(KmsFailure.Unexpected.class);
    assertThat(failure(kms.rewrap(key, wrapped.blob(), key, CONTEXT)))
        .isInstanceOf(KmsFailure.Unexpected.class);
    try (SecretValue bytes = SecretValue.takeOwnershipOf(new byte[32])) {
      assertThat(failure(kms.wrap(key, bytes, CONTEXT))).isInstanceOf(KmsFailure.Unexpected.class);
    }
  }

  @Test
  void believesNoAnswerOfAnotherKey() {
    server.faults().always(new Fault.OtherKey(server.createKey().arn()));
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.WrongKey.class);
    assertThat(failure(kms.generate(key, CONTEXT))).isInstanceOf(KmsFailure.WrongKey.class);
    assertThat(failure(kms.rewrap(key, wrapped.blob(), key, CONTEXT)))
        .isInstanceOf(KmsFailure.WrongKey.class);
    try (SecretValue bytes = SecretValue.takeOwnershipOf(new byte[32])) {
      assertThat(failure(kms.wrap(key, bytes, CONTEXT))).isInstanceOf(KmsFailure.WrongKey.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 31, 33, 64})
  void believesNoKeyOfAnotherLength(int length) {
    server.faults().always(new Fault.PlaintextOf(length));
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Unexpected.class);
    assertThat(failure(kms.generate(key, CONTEXT))).isInstanceOf(KmsFailure.Unexpected.class);
  }

  @Test
  void believesNoEmptyBlob() {
    server.faults().always(new Fault.EmptyBlob());
    assertThat(failure(kms.generate(key, CONTEXT))).isInstanceOf(KmsFailure.Unexpected.class);
    assertThat(failure(kms.rewrap(key, wrapped.blob(), key, CONTEXT)))
        .isInstanceOf(KmsFailure.Unexpected.class);
  }

  @Test
  void namesTheKeyAndTheContextInEveryRequest() {
    await(kms.unwrap(key, wrapped.blob(), CONTEXT)).close();
    await(kms.generate(key, CONTEXT)).close();
    WrappedKey _ = await(kms.rewrap(key, wrapped.blob(), key, CONTEXT));
    try (SecretValue bytes = SecretValue.takeOwnershipOf(new byte[32])) {
      WrappedKey _ = await(kms.wrap(key, bytes, CONTEXT));
    }
    assertThat(server.calls().all())
        .hasSize(4)
        .allSatisfy(
            call -> {
              assertThat(call.keyId()).isEqualTo(serverKey.arn());
              assertThat(call.context()).isEqualTo(CONTEXT.asMap());
            });
  }

  @Test
  void passesAPolicyThatDemandsTheOrganization() {
    server.permissions().demandContext(KeyContext.ORGANIZATION);
    await(kms.generate(key, CONTEXT)).close();
    KeyContext none = new KeyContext(null, UUID.randomUUID(), KeyPurpose.ROWS);
    assertThat(failure(kms.generate(key, none))).isInstanceOf(KmsFailure.Denied.class);
  }

  @Test
  void tellsADeniedOperationFromUnknownCredentials() {
    server.permissions().deny(KmsServer.ACCESS_KEY, "Decrypt");
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Denied.class);
    server.revokeAccessKey();
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Unauthenticated.class);
  }

  @Test
  void takesAClockThatIsWrongForABadIdentity() {
    server.skewClock(Duration.ofHours(1));
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.Unauthenticated.class);
  }

  @Test
  void wrapsNothingUnderASigningKey() {
    KeyRef signing = AwsSubject.ref(server.createSigningKey());
    assertThat(failure(kms.generate(signing, CONTEXT)))
        .isInstanceOf(KmsFailure.Misconfigured.class);
    assertThat(await(kms.describe(signing)).usable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Disabled", "PendingDeletion", "PendingImport", "Unavailable"})
  void saysThatAKeyIsNotUsable(String state) {
    serverKey.become(ServerKey.State.valueOf(state));
    assertThat(unwrapFailure()).isInstanceOf(KmsFailure.KeyDisabled.class);
    assertThat(await(kms.describe(key)).usable()).isFalse();
  }

  @Test
  void keepsItsCauseAndMessageFreeOfWhatTheServiceSaid() {
    assertThatThrownBy(() -> await(kms.unwrap(key, new byte[] {1}, CONTEXT)))
        .isInstanceOf(KmsFailure.Corrupt.class)
        .hasNoCause()
        .hasMessageMatching(
            "KMS unwrap failed: InvalidCiphertextException \\(request [0-9a-f-]+\\)");
  }

  private static KmsFailure unwrapFailure() {
    return failure(kms.unwrap(key, wrapped.blob(), CONTEXT));
  }

  private static KmsFailure failure(Uni<?> answer) {
    KmsFailure failure = catchThrowableOfType(KmsFailure.class, () -> await(answer));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static <T> T await(Uni<T> answer) {
    return answer.await().atMost(PATIENCE);
  }
}
