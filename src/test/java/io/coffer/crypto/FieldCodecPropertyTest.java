package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class FieldCodecPropertyTest {

  @Property(tries = 300)
  void decodesWhatItEncoded(
      @ForAll @Size(max = 6)
          Map<@StringLength(max = 12) String, @StringLength(max = 90) String> texts) {
    Map<String, String> valid =
        texts.entrySet().stream()
            .filter(entry -> isUnicode(entry.getKey()) && isUnicode(entry.getValue()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    try (SecretFields fields = fields(valid);
        SecretValue encoded = FieldCodec.encode(fields);
        SecretFields decoded = FieldCodec.decode(encoded)) {
      assertThat(decoded.ids()).containsExactlyElementsOf(fields.ids());
      valid.forEach(
          (id, text) -> assertThat(decoded.find(id).orElseThrow().revealText()).isEqualTo(text));
    }
  }

  @Property(tries = 1000)
  void refusesEveryOtherEncodingOfTheSameFields(
      @ForAll @IntRange(max = 127) int place, @ForAll @IntRange(min = 1, max = 255) int change) {
    try (SecretFields fields = fields(Map.of("password", "hunter2", "user", "scott"));
        SecretValue encoded = FieldCodec.encode(fields)) {
      byte[] edited = encoded.revealBytes();
      edited[place] ^= (byte) change;
      try (SecretValue given = SecretValue.copyOf(edited);
          SecretFields decoded = FieldCodec.decode(given);
          SecretValue again = FieldCodec.encode(decoded)) {
        // An edit within an id or a value is another valid set of fields: one encoding for one set.
        assertThat(again.revealBytes()).isEqualTo(edited);
      } catch (UnsealFailure.MalformedContent expected) {
        assertThat(expected).hasNoCause();
      }
    }
  }

  @Property
  void growsInStepsThatAddAtMostAnEighth(@ForAll @IntRange(min = 1, max = 1 << 20) int length) {
    int padded = FieldCodec.paddedLength(length);
    assertThat(padded).isGreaterThanOrEqualTo(length).isGreaterThanOrEqualTo(FieldCodec.SMALLEST);
    assertThat(padded).isLessThanOrEqualTo(Math.max(128, length + Math.max(64, length / 8)));
    assertThat(FieldCodec.paddedLength(padded)).isGreaterThanOrEqualTo(padded);
  }

  @Example
  void hidesTheLengthOfAShortPassword() {
    try (SecretFields one = fields(Map.of("password", "x"));
        SecretFields other = fields(Map.of("password", "correct horse battery staple"));
        SecretValue first = FieldCodec.encode(one);
        SecretValue second = FieldCodec.encode(other)) {
      assertThat(first.length()).isEqualTo(second.length()).isEqualTo(128);
    }
  }

  @Example
  void refusesLengthsThatGoBeyondTheEnd() {
    byte[] encoded = new byte[128];
    encoded[0] = 1;
    encoded[4] = 1;
    Arrays.fill(encoded, 5, 9, (byte) 0x7f);
    try (SecretValue value = SecretValue.takeOwnershipOf(encoded)) {
      assertThatThrownBy(() -> FieldCodec.decode(value))
          .isInstanceOf(UnsealFailure.MalformedContent.class);
    }
  }

  private static boolean isUnicode(String text) {
    return java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static SecretFields fields(Map<String, String> texts) {
    return SecretFields.of(
        texts.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> SecretValue.ofText(entry.getValue()))));
  }
}
