package io.coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RightsTest {

  @Test
  void hidesWhatMayNotBeSeen() {
    assertThatThrownBy(() -> Rights.NONE.require(Right.READ)).isInstanceOf(Denied.NotVisible.class);
  }

  @Test
  void namesTheRoleThatIsMissing() {
    assertThatThrownBy(() -> new Rights(5).require(Right.ADMIN, Right.USE))
        .asInstanceOf(InstanceOfAssertFactories.type(Denied.MissingRole.class))
        .satisfies(missing -> assertThat(missing.oneOf()).containsExactly("use"));
  }

  @Test
  void passesWhatIsHeld() {
    assertThatCode(() -> Rights.ALL.require(Right.values())).doesNotThrowAnyException();
  }

  @Test
  void namesWhatIsHeld() {
    assertThat(new Rights(5).wireNames()).containsExactly("read", "admin");
  }
}
