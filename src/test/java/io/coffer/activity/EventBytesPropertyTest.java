package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The canonical form of events. */
class EventBytesPropertyTest {

  private static final UUID WRITER = new UUID(1, 2);

  @Property
  void whatIsWrittenIsReadAgain(@ForAll("contents") EventContent content) {
    assertThat(EventReader.read(new EventBytes().of(content))).isEqualTo(content);
  }

  @Property
  void twoEventsHaveTheSameBytesOnlyIfTheyAreTheSame(
      @ForAll("contents") EventContent one, @ForAll("contents") EventContent other) {
    assertThat(Arrays.equals(new EventBytes().of(one), new EventBytes().of(other)))
        .isEqualTo(one.equals(other));
  }

  @Property
  void aFieldThatMovesToItsNeighbourChangesTheBytes(
      @ForAll("texts") String issuer, @ForAll("texts") String subject) {
    byte[] whole = new EventBytes().of(named(issuer, subject));
    assertThat(new EventBytes().of(named(issuer + subject, "")))
        .satisfies(
            it -> {
              if (!subject.isEmpty()) {
                assertThat(it).isNotEqualTo(whole);
              }
            });
    assertThat(new EventBytes().of(named(issuer, null))).isNotEqualTo(whole);
  }

  @Property
  void theLinkDependsOnEverything(
      @ForAll("contents") EventContent content,
      @ForAll("contents") EventContent other,
      @ForAll long time) {
    Hashes hashes = new Hashes();
    UUID id = StoredEvent.idOf(WRITER, 1, 0);
    byte[] link = hashes.link(Hashes.beginning(), WRITER, 1, id, time, content);
    assertThat(hashes.link(link, WRITER, 1, id, time, content)).isNotEqualTo(link);
    assertThat(hashes.link(Hashes.beginning(), new UUID(1, 3), 1, id, time, content))
        .isNotEqualTo(link);
    assertThat(hashes.link(Hashes.beginning(), WRITER, 2, id, time, content)).isNotEqualTo(link);
    assertThat(hashes.link(Hashes.beginning(), WRITER, 1, id, time + 1, content))
        .isNotEqualTo(link);
    assertThat(Arrays.equals(hashes.link(Hashes.beginning(), WRITER, 1, id, time, other), link))
        .isEqualTo(content.equals(other));
    assertThat(hashes.link(Hashes.beginning(), WRITER, 1, id, time, content)).isEqualTo(link);
  }

  @Property
  void bytesThatAreCutAreRefused(
      @ForAll("contents") EventContent content, @ForAll @IntRange(min = 1, max = 40) int cut) {
    byte[] bytes = new EventBytes().of(content);
    assertThatThrownBy(() -> EventReader.read(Arrays.copyOf(bytes, bytes.length - cut)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void idsAreInTheOrderOfTimeAndTellIt(@ForAll("micros") long one, @ForAll("micros") long other) {
    UUID writer = UUID.randomUUID();
    UUID first = StoredEvent.idOf(writer, 1, Math.min(one, other));
    UUID second = StoredEvent.idOf(writer, 2, Math.max(one, other));
    assertThat(first.toString()).isLessThan(second.toString());
    assertThat(StoredEvent.timeOf(first)).isEqualTo(Math.min(one, other));
    assertThat(first.version()).isEqualTo(7);
    assertThat(first.variant()).isEqualTo(2);
  }

  private static EventContent named(String issuer, @Nullable String subject) {
    return new EventContent(
        0, issuer, subject, null, null, null, null, null, null, "a", "done", null, null, null, null,
        null);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(12)
        .filter(it -> it.chars().noneMatch(c -> c >= 0xD800 && c < 0xE000));
  }

  @Provide
  Arbitrary<Long> micros() {
    return Arbitraries.longs().between(0, 4_000_000_000_000_000L);
  }

  @Provide
  Arbitrary<EventContent> contents() {
    Arbitrary<@Nullable String> text = texts().injectNull(0.3);
    Arbitrary<@Nullable UUID> id = Arbitraries.create(UUID::randomUUID).injectNull(0.3);
    return Combinators.combine(
            Combinators.combine(text, text, text).as((a, b, c) -> new @Nullable String[] {a, b, c}),
            Combinators.combine(id, text, id).as((a, b, c) -> new @Nullable Object[] {a, b, c}),
            Arbitraries.integers().injectNull(0.3),
            Arbitraries.longs().injectNull(0.3),
            texts(),
            Combinators.combine(text, text, text, text)
                .as((a, b, c, d) -> new @Nullable String[] {a, b, c, d}),
            text,
            Arbitraries.longs())
        .as(
            (actor, target, version, revision, action, more, details, happened) ->
                new EventContent(
                    happened,
                    actor[0],
                    actor[1],
                    actor[2],
                    (UUID) target[0],
                    (String) target[1],
                    (UUID) target[2],
                    version,
                    revision,
                    action,
                    "done",
                    more[0],
                    more[1],
                    more[2],
                    more[3],
                    details));
  }
}
