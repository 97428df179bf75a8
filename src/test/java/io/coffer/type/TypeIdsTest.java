package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TypeIdsTest {

  @Test
  void areTheSameForEver() {
    // Stored values are bound to these: a change here makes every one of them unreadable.
    assertThat(TypeIds.of("openai"))
        .isEqualTo(UUID.fromString("db6e5641-d047-8bcb-a3e4-7a58cf70176d"));
  }
}
