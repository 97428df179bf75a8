package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainDigestTest {

  @Test
  void doesNotDependOnTheOrderOfTheMap() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("host", "a");
    one.put("port", 1L);
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("port", 1L);
    other.put("host", "a");
    assertThat(PlainDigest.of(one)).isEqualTo(PlainDigest.of(other));
  }

  @Test
  void tellsKindsApartThatLookAlike() {
    List<Object> values =
        List.of(
            "1",
            1L,
            "\0\0\0\0\0\0\0\1",
            true,
            "\1",
            List.of("1"),
            List.of(),
            Map.of(),
            Map.of("1", "1"),
            "",
            List.of(""));
    assertThat(values.stream().map(v -> Samples.HEX.formatHex(PlainDigest.of(Map.of("f", v)))))
        .doesNotHaveDuplicates();
  }

  @Test
  void readsAnIntAsTheLongThatTheDatabaseGivesBack() {
    assertThat(PlainDigest.of(Map.of("port", 5432)))
        .isEqualTo(PlainDigest.of(Map.of("port", 5432L)));
  }

  @Test
  void namesTheFieldButNotTheValueThatItCannotDigest() {
    assertThatThrownBy(() -> PlainDigest.of(Map.of("ratio", 0.125)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ratio")
        .hasMessageNotContaining("0.125");
    assertThatThrownBy(() -> PlainDigest.of(Map.of("tags", List.of(7))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tags");
  }

  @Test
  void refusesTextThatUnicodeCannotSay() {
    assertThatThrownBy(() -> PlainDigest.of(Map.of("host", "a\ud800")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
