package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every adapter must do, whatever stands behind it. Each one supplies only the subject. */
public abstract class KmsContract {

  /** Ways in which a stand-in is known to differ from the service that it stands in for. */
  public enum Difference {
    WRONG_KEY_READS_AS_DENIED,
    DAMAGED_HEAD_READS_AS_DENIED,
    REWRAP_IGNORES_THE_SOURCE_KEY
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final UUID DATA_KEY = UUID.randomUUID();
  protected static final KeyContext CONTEXT =
      new KeyContext(ORGANIZATION, DATA_KEY, KeyPurpose.VALUES);

  /** The subject, wrapped by {@link #stacked}. */
  protected abstract Kms kms();

  protected abstract KeyRef key();

  /** Another key of the same provider. */
  protected abstract KeyRef otherKey();

  /** The name of a key that the provider does not have. */
  protected abstract KeyRef unknownKey();

  protected Set<Difference> differences() {
    return Set.of();
  }

  /** Wraps an adapter in what surrounds it in production. */
  protected static Kms stacked(String provider, Kms adapter) {
    Map<String, String> patient =
        Map.of("coffer.kms.attempt-deadline", "20s", "coffer.kms.deadline", "25s");
    return TestStack.whole(provider, adapter, patient);
  }

  @Test
  void opensWhatItGenerated() {
    try (GeneratedKey made = await(kms().generate(key(), CONTEXT));
        SecretValue opened = await(unwrap(made.wrapped()))) {
      assertThat(made.plaintext().length()).isEqualTo(GeneratedKey.LENGTH);
      assertThat(opened.sameAs(made.plaintext())).isTrue();
    }
  }

  @Test
  void generatesAnotherKeyForEachSubscription() {
    Uni<GeneratedKey> generate = kms().generate(key(), CONTEXT);
    try (GeneratedKey one = await(generate);
        GeneratedKey two = await(generate)) {
      assertThat(one.plaintext().sameAs(two.plaintext())).isFalse();
    }
  }

  @Test
  void opensWhatItWrapped() {
    try (SecretValue bytes = randomKey()) {
      WrappedKey wrapped = await(kms().wrap(key(), bytes, CONTEXT));
      try (SecretValue opened = await(unwrap(wrapped))) {
        assertThat(opened.sameAs(bytes)).isTrue();
      }
    }
  }

  @Test
  void wrapsTheSameBytesDifferentlyEachTime() {
    try (SecretValue bytes = randomKey()) {
      Uni<WrappedKey> wrap = kms().wrap(key(), bytes, CONTEXT);
      assertThat(await(wrap).blob()).isNotEqualTo(await(wrap).blob());
    }
  }

  static Stream<KeyContext> otherContexts() {
    return Stream.of(
        new KeyContext(UUID.randomUUID(), DATA_KEY, KeyPurpose.VALUES),
        new KeyContext(null, DATA_KEY, KeyPurpose.VALUES),
        new KeyContext(ORGANIZATION, UUID.randomUUID(), KeyPurpose.VALUES),
        new KeyContext(DATA_KEY, ORGANIZATION, KeyPurpose.VALUES),
        new KeyContext(ORGANIZATION, DATA_KEY, KeyPurpose.ROWS));
  }

  @ParameterizedTest
  @MethodSource("otherContexts")
  void opensUnderNoOtherContext(KeyContext other) {
    WrappedKey wrapped = wrapped();
    failsAs(KmsFailure.Corrupt.class, kms().unwrap(wrapped.key(), wrapped.blob(), other));
  }

  @ParameterizedTest
  @MethodSource("otherContexts")
  void rewrapsUnderNoOtherContext(KeyContext other) {
    WrappedKey wrapped = wrapped();
    failsAs(
        KmsFailure.Corrupt.class, kms().rewrap(wrapped.key(), wrapped.blob(), otherKey(), other));
  }

  @Test
  void refusesDamagedBlobs() {
    WrappedKey wrapped = wrapped();
    byte[] blob = wrapped.blob();
    byte[] flipped = blob.clone();
    flipped[flipped.length - 1] ^= 1;
    byte[] longer = Arrays.copyOf(blob, blob.length + 1);
    byte[] garbage = new byte[] {1, 2, 3};
    byte[] cut = Arrays.copyOf(blob, blob.length - 1);
    byte[] stub = Arrays.copyOf(blob, 10);
    for (byte[] damaged : List.of(flipped, longer, garbage, cut, stub, new byte[0])) {
      failsAs(KmsFailure.Corrupt.class, kms().unwrap(wrapped.key(), damaged, CONTEXT));
    }
  }

  @Test
  void refusesABlobWithADamagedHead() {
    assumeFalse(differences().contains(Difference.DAMAGED_HEAD_READS_AS_DENIED));
    WrappedKey wrapped = wrapped();
    byte[] blob = wrapped.blob();
    blob[0] ^= 1;
    failsAs(KmsFailure.Corrupt.class, kms().unwrap(wrapped.key(), blob, CONTEXT));
  }

  @Test
  void refusesABlobOfAnotherKey() {
    WrappedKey wrapped = wrapped();
    failsAs(
        differences().contains(Difference.WRONG_KEY_READS_AS_DENIED)
            ? KmsFailure.Denied.class
            : KmsFailure.WrongKey.class,
        kms().unwrap(otherKey(), wrapped.blob(), CONTEXT));
  }

  @Test
  void rewrapsUnderAnotherKeyWithoutChangingTheBytes() {
    try (GeneratedKey made = await(kms().generate(key(), CONTEXT))) {
      WrappedKey before = made.wrapped();
      WrappedKey after = await(kms().rewrap(before.key(), before.blob(), otherKey(), CONTEXT));
      assertThat(after.key()).isNotEqualTo(before.key());
      try (SecretValue old = await(unwrap(before));
          SecretValue moved = await(unwrap(after))) {
        assertThat(old.sameAs(made.plaintext())).isTrue();
        assertThat(moved.sameAs(made.plaintext())).isTrue();
      }
    }
  }

  @Test
  void rewrapsOnlyFromTheKeyThatWrapped() {
    assumeFalse(differences().contains(Difference.REWRAP_IGNORES_THE_SOURCE_KEY));
    WrappedKey wrapped = wrapped();
    failsAs(
        KmsFailure.WrongKey.class, kms().rewrap(otherKey(), wrapped.blob(), otherKey(), CONTEXT));
  }

  @Test
  void saysThatAKeyIsUnknown() {
    WrappedKey wrapped = wrapped();
    KeyRef unknown = unknownKey();
    failsAs(KmsFailure.UnknownKey.class, kms().describe(unknown));
    failsAs(KmsFailure.UnknownKey.class, kms().generate(unknown, CONTEXT));
    failsAs(KmsFailure.UnknownKey.class, kms().unwrap(unknown, wrapped.blob(), CONTEXT));
    failsAs(
        KmsFailure.UnknownKey.class, kms().rewrap(wrapped.key(), wrapped.blob(), unknown, CONTEXT));
    try (SecretValue bytes = randomKey()) {
      failsAs(KmsFailure.UnknownKey.class, kms().wrap(unknown, bytes, CONTEXT));
    }
  }

  @Test
  void describesAKeyByTheNameThatItsBlobsCarry() {
    KeyDescription description = await(kms().describe(key()));
    assertThat(description.usable()).isTrue();
    assertThat(description.key()).isEqualTo(wrapped().key());
  }

  @Test
  void provesItselfToTheCanary() {
    assertThat(await(new KmsCanary(kms()).prove(key()))).isEqualTo(wrapped().key());
  }

  @Test
  void servesManyAtOnce() {
    List<Uni<Boolean>> calls =
        IntStream.range(0, 64)
            .mapToObj(
                _ ->
                    kms()
                        .generate(key(), CONTEXT)
                        .chain(
                            made ->
                                unwrap(made.wrapped())
                                    .map(opened -> opened.sameAs(made.plaintext()))))
            .toList();
    List<Boolean> same = await(Uni.join().all(calls).andFailFast());
    assertThat(same).hasSize(64).containsOnly(true);
  }

  protected WrappedKey wrapped() {
    try (GeneratedKey made = await(kms().generate(key(), CONTEXT))) {
      return made.wrapped();
    }
  }

  protected Uni<SecretValue> unwrap(WrappedKey wrapped) {
    return kms().unwrap(wrapped.key(), wrapped.blob(), CONTEXT);
  }

  protected static <T> T await(Uni<T> answer) {
    return answer.await().atMost(PATIENCE);
  }

  protected static void failsAs(Class<? extends KmsFailure> kind, Uni<?> answer) {
    assertThatThrownBy(() -> answer.await().atMost(PATIENCE)).isInstanceOf(kind);
  }

  private static SecretValue randomKey() {
    byte[] bytes = new byte[GeneratedKey.LENGTH];
    RandomGenerator.getDefault().nextBytes(bytes);
    return SecretValue.takeOwnershipOf(bytes);
  }
}
