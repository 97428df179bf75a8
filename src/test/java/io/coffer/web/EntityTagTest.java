package io.coffer.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

  private static final OptionalLong NO_REVISION = OptionalLong.of(-1);

  @Test
  void readsWhatAnAnswerGave() {
    assertThat(EntityTag.expected(EntityTag.of(17))).hasValue(17);
    assertThat(EntityTag.expected(" \"17\" ")).hasValue(17);
  }

  @Test
  void takesAnyRevisionForAStarOrNoHeader() {
    assertThat(EntityTag.expected(null)).isEmpty();
    assertThat(EntityTag.expected("*")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"abc\"", "\"\"", "W/\"17\"", "\"1234567890123456789\"", "\"-1\""})
  void equalsNothingToATagThatNoAnswerGave(String tag) {
    assertThat(EntityTag.expected(tag)).isEqualTo(NO_REVISION);
  }

  @Test
  void knowsTheRevisionsOfIfNoneMatch() {
    assertThat(EntityTag.known(null).test(17)).isFalse();
    assertThat(EntityTag.known("*").test(17)).isTrue();
    assertThat(EntityTag.known("\"17\"").test(17)).isTrue();
    assertThat(EntityTag.known("\"17\"").test(18)).isFalse();
    assertThat(EntityTag.known("\"1\", W/\"17\" ,\"a,b\"").test(17)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "\"17", "\"1\" \"2\"", "*, \"1\"", "\"1\",", "w/\"1\""})
  void refusesWhatIsNoListOfEntityTags(String text) {
    assertThatThrownBy(() -> EntityTag.known(text))
        .isInstanceOfSatisfying(
            InvalidHeader.class,
            failure -> assertThat(failure.header()).isEqualTo("If-None-Match"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "", "\"17", "17\"", "\"1\", \"2\"", "w/\"1\"", "\"a b\"", "**"})
  void refusesWhatIsNoEntityTag(String text) {
    assertThatThrownBy(() -> EntityTag.expected(text))
        .isInstanceOfSatisfying(
            InvalidHeader.class,
            failure -> {
              assertThat(failure.header()).isEqualTo("If-Match");
              assertThat(failure.reason()).contains("quotes");
            });
  }
}
