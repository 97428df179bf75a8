package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.secret.Binding;
import io.coffer.secret.SecretValue;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EnvelopePropertyTest {

  private final DataKey key = Samples.key(42);

  @Property(tries = 200)
  void opensWhatItSealed(@ForAll @Size(max = 5000) byte[] plain, @ForAll("bindings") Binding to) {
    byte[] sealed = seal(plain, to);
    try (SecretValue opened = Envelope.open(key, to, sealed)) {
      assertThat(opened.revealBytes()).isEqualTo(plain);
    }
  }

  @Property(tries = 1000)
  void refusesAndNamesAnyEditOfAnyByte(
      @ForAll @Size(max = 64) byte[] plain,
      @ForAll @IntRange(max = 10_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] sealed = seal(plain, Samples.binding());
    int at = place % sealed.length;
    sealed[at] ^= (byte) change;
    assertThatThrownBy(() -> Envelope.open(key, Samples.binding(), sealed))
        .isInstanceOf(expectedAt(at));
  }

  @Property(tries = 500)
  void refusesAnySwapOfWhatTheValueBelongsTo(
      @ForAll("bindings") Binding one, @ForAll("bindings") Binding other) {
    Assume.that(!one.equals(other));
    byte[] sealed = seal(new byte[] {1, 2, 3}, one);
    assertThatThrownBy(() -> Envelope.open(key, other, sealed))
        .isInstanceOf(UnsealFailure.NotCommitted.class);
  }

  @Property(tries = 500)
  void refusesAnyEditOfAPlainField(
      @ForAll("plainFields") Map<String, Object> before,
      @ForAll("plainFields") Map<String, Object> after) {
    Assume.that(!before.equals(after));
    byte[] sealed = seal(new byte[] {1, 2, 3}, bound(before));
    assertThatThrownBy(() -> Envelope.open(key, bound(after), sealed))
        .isInstanceOf(UnsealFailure.NotCommitted.class);
  }

  @Property(tries = 300)
  void refusesAChangeOfOneMemberOfTheBinding(@ForAll @IntRange(max = 5) int member) {
    Binding binding = Samples.binding();
    byte[] sealed = seal(new byte[] {9}, binding);
    assertThatThrownBy(() -> Envelope.open(key, changed(binding, member), sealed))
        .isInstanceOf(UnsealFailure.NotCommitted.class);
  }

  @Provide
  Arbitrary<Binding> bindings() {
    Arbitrary<UUID> ids = Arbitraries.integers().between(1, 3).map(n -> new UUID(0, n));
    return Combinators.combine(
            Arbitraries.of(Binding.Kind.class),
            ids,
            ids,
            Arbitraries.integers().between(1, 3),
            ids,
            plainFields())
        .as(
            (kind, organization, object, version, type, plain) ->
                new Binding(kind, organization, object, version, type, PlainDigest.of(plain)));
  }

  @Provide
  Arbitrary<Map<String, Object>> plainFields() {
    Arbitrary<String> text = Arbitraries.of("", "a", "b", "ab", "host", "1", "true");
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            text.map(Object.class::cast),
            Arbitraries.of(true, false),
            Arbitraries.longs().between(0, 2),
            text.list().ofMaxSize(3),
            Arbitraries.maps(text, text).ofMaxSize(2));
    return Arbitraries.maps(text, values).ofMaxSize(3);
  }

  private byte[] seal(byte[] plain, Binding binding) {
    try (SecretValue value = SecretValue.copyOf(plain)) {
      return Envelope.seal(key, binding, value);
    }
  }

  private static Binding bound(Map<String, Object> plain) {
    Binding sample = Samples.binding();
    return new Binding(
        sample.kind(),
        sample.organization(),
        sample.object(),
        sample.version(),
        sample.type(),
        PlainDigest.of(new HashMap<>(plain)));
  }

  private static Binding changed(Binding of, int member) {
    UUID other = UUID.randomUUID();
    byte[] digest = of.plainDigest();
    digest[member] ^= 1;
    return new Binding(
        member == 0 ? Binding.Kind.SECURE_CONFIGURATION : of.kind(),
        member == 1 ? other : of.organization(),
        member == 2 ? other : of.object(),
        member == 3 ? of.version() + 1 : of.version(),
        member == 4 ? other : of.type(),
        member == 5 ? digest : of.plainDigest());
  }

  private static Class<? extends UnsealFailure> expectedAt(int at) {
    if (at < Envelope.KEY_ID_AT) {
      return UnsealFailure.UnknownFormat.class;
    }
    if (at < Envelope.SALT_AT) {
      return UnsealFailure.WrongDataKey.class;
    }
    return at < Envelope.NONCE_AT
        ? UnsealFailure.NotCommitted.class
        : UnsealFailure.NotAuthentic.class;
  }
}
