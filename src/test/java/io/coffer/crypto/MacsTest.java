package io.coffer.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MacsTest {

  private final DataKey key = Samples.key(3);

  @Example
  void namesTheKeyThatMadeTheTag() {
    byte[] tag = Macs.tag(key, "connection", new byte[] {1});
    assertThat(tag).hasSize(Macs.LENGTH);
    assertThat(Macs.keyId(tag)).isEqualTo(Samples.KEY_ID);
  }

  @Property(tries = 300)
  void refusesAnyEditOfTagOrContent(
      @ForAll @Size(min = 1, max = 40) byte[] content,
      @ForAll @IntRange(max = Macs.LENGTH - 1) int place,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] tag = Macs.tag(key, "connection", content);
    assertThat(Macs.verify(key, "connection", content, tag)).isTrue();
    byte[] edited = tag.clone();
    edited[place] ^= (byte) change;
    assertThat(Macs.verify(key, "connection", content, edited)).isFalse();
    content[place % content.length] ^= (byte) change;
    assertThat(Macs.verify(key, "connection", content, tag)).isFalse();
  }

  @Example
  void refusesATagOfAnotherDomainOrKey() {
    byte[] content = {1, 2};
    byte[] tag = Macs.tag(key, "connection", content);
    assertThat(Macs.verify(key, "webhook", content, tag)).isFalse();
    assertThat(Macs.verify(Samples.key(4), "connection", content, tag)).isFalse();
    assertThat(Macs.verify(Samples.key(UUID.randomUUID(), 3), "connection", content, tag))
        .isFalse();
  }

  @Example
  void refusesWhatCannotBeATag() {
    assertThat(Macs.verify(key, "connection", new byte[0], new byte[0])).isFalse();
    assertThatThrownBy(() -> Macs.keyId(new byte[3])).isInstanceOf(UnsealFailure.WrongLength.class);
    assertThatThrownBy(() -> Macs.keyId(new byte[Macs.LENGTH]))
        .isInstanceOf(UnsealFailure.UnknownFormat.class);
  }
}
