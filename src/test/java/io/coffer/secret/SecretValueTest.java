package io.coffer.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretValueTest {

  @Test
  void wipesTheBytesItOwns() {
    byte[] bytes = {1, 2, 3};
    SecretValue.takeOwnershipOf(bytes).close();
    assertThat(bytes).containsOnly(0);
  }

  @Test
  void leavesTheCallersArrayAloneWhenItCopies() {
    byte[] bytes = {1, 2, 3};
    SecretValue.copyOf(bytes).close();
    assertThat(bytes).containsExactly(1, 2, 3);
  }

  @Test
  void refusesToRevealAfterClosing() {
    SecretValue value = SecretValue.ofText("hunter2");
    value.close();
    assertThatThrownBy(value::revealBytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(value::revealText).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(value::length).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(value::copy).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void neverPrintsWhatItHolds() {
    try (SecretValue value = SecretValue.ofText("hunter2");
        SecretFields fields = SecretFields.of(Map.of("password", value))) {
      assertThat(value.toString()).doesNotContain("hunter2");
      assertThat(fields.toString()).contains("password").doesNotContain("hunter2");
    }
  }

  @Test
  void wipesAllFieldsThatItOwns() {
    SecretValue one = SecretValue.ofText("hunter2");
    SecretValue other = SecretValue.ofText("hunter3");
    SecretFields fields = SecretFields.of(Map.of("one", one, "other", other));
    fields.close();
    assertThat(one.isClosed()).isTrue();
    assertThat(other.isClosed()).isTrue();
  }

  @Test
  void refusesTextThatWouldComeBackChanged() {
    assertThatThrownBy(() -> SecretValue.ofText("hunter\ud800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContaining("hunter");
  }

  @Test
  void refusesToReadBytesAsTextThatAreNone() {
    try (SecretValue value = SecretValue.copyOf(new byte[] {(byte) 0xff})) {
      assertThatThrownBy(value::revealText).isInstanceOf(IllegalStateException.class).hasNoCause();
    }
  }

  @Test
  void ordersFieldsByTheBytesOfTheirIds() {
    // U+FB01 sorts after a surrogate pair as UTF-16, before it as UTF-8.
    try (SecretFields fields =
        SecretFields.of(Map.of("𐀀", SecretValue.ofText("1"), "ﬁ", SecretValue.ofText("2")))) {
      assertThat(fields.ids()).containsExactly("ﬁ", "𐀀");
    }
  }
}
