package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.crypto.Macs;
import io.coffer.crypto.UnsealFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowTagsTest extends KeysTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @Test
  void verifiesItsOwnTagsOnEveryReplica() {
    byte[] tag = await(tags().tag(KeyPurpose.ROWS, "connection", CONTENT));
    assertThat(await(tags().verify(KeyPurpose.ROWS, "connection", CONTENT, tag))).isTrue();
    assertThat(await(tags().verify(KeyPurpose.ROWS, "connection", new byte[] {1}, tag))).isFalse();
    assertThat(await(tags().verify(KeyPurpose.ROWS, "webhook", CONTENT, tag))).isFalse();
  }

  @Test
  void tagsWithOneKeyPerPurposeThatAllReplicasShare() {
    byte[] one = await(tags().tag(KeyPurpose.ROWS, "connection", CONTENT));
    byte[] other = await(tags().tag(KeyPurpose.ROWS, "webhook", CONTENT));
    assertThat(Macs.keyId(one)).isEqualTo(Macs.keyId(other));
  }

  @Test
  void refusesATagMadeWithAKeyThatSealsValues() {
    Sealed sealed = seal(sealing(), binding());
    byte[] tag = await(tags().tag(KeyPurpose.ROWS, "connection", CONTENT));
    System.arraycopy(sealed.bytes(), 1, tag, 1, 16);
    assertThatThrownBy(() -> await(tags().verify(KeyPurpose.ROWS, "connection", CONTENT, tag)))
        .isInstanceOf(UnsealFailure.ForeignDataKey.class);
  }

  @Test
  void refusesToOpenAValueWithAKeyThatTagsRows() {
    byte[] tag = await(tags().tag(KeyPurpose.ROWS, "connection", CONTENT));
    Sealing sealing = sealing();
    byte[] sealed = seal(sealing, binding()).bytes();
    System.arraycopy(tag, 1, sealed, 1, 16);
    assertThatThrownBy(() -> await(sealing.open(binding(), sealed)))
        .isInstanceOf(UnsealFailure.ForeignDataKey.class);
  }

  @Test
  void asksTheServiceOnceForManyTags() {
    RowTags tags = tags();
    byte[] first = await(tags.tag(KeyPurpose.ROWS, "connection", CONTENT));
    int calls = kms.calls();
    for (int i = 0; i < 100; i++) {
      assertThat(await(tags.tag(KeyPurpose.ROWS, "connection", CONTENT))).isEqualTo(first);
    }
    assertThat(kms.calls()).isEqualTo(calls);
  }

  private RowTags tags() {
    return new RowTags(replica(Map.of()));
  }
}
