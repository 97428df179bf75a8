package io.coffer.credential.use;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More last uses than one statement writes. */
class LastUsesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final TestDatabase database = TestDatabase.create();
  private final LastUses uses = new LastUses(database.pool());
  private final List<UUID> many = Stream.generate(UUID::randomUUID).limit(1_234).toList();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void areWrittenPartByPart() {
    many.forEach(id -> uses.note(id, AT));
    uses.flush().await().atMost(PATIENCE);
    assertThat(many).allMatch(id -> uses.pending(id).isEmpty());
  }

  @Test
  void areStillPendingWhenTheyCannotBeWritten() {
    database.run("alter table credential rename to credential_away");
    many.forEach(id -> uses.note(id, AT));
    assertThatThrownBy(() -> uses.flush().await().atMost(PATIENCE)).isNotNull();
    assertThat(many).allMatch(id -> uses.pending(id).isPresent());

    database.run("alter table credential_away rename to credential");
    uses.flush().await().atMost(PATIENCE);
    assertThat(many).allMatch(id -> uses.pending(id).isEmpty());
  }

  @Test
  void areNothingToWriteWhenNothingWasUsed() {
    uses.flush().await().atMost(PATIENCE);
    assertThat(uses.pending(many.getFirst())).isEmpty();
  }
}
