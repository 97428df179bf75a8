package io.coffer.activity;

import io.coffer.activity.verify.Tags;
import io.coffer.crypto.UnsealFailure;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.RowTags;
import java.time.Duration;

/** Checks tags with the keys that made them. Blocks: for threads that may wait. */
final class KeyTags implements Tags {

  private final RowTags tags;
  private final Duration patience;

  KeyTags(RowTags tags, Duration patience) {
    this.tags = tags;
    this.patience = patience;
  }

  @Override
  public boolean canCheck() {
    return true;
  }

  @Override
  public boolean fits(String domain, byte[] content, byte[] tag) {
    try {
      return tags.verify(KeyPurpose.CHECKPOINTS, domain, content, tag).await().atMost(patience);
    } catch (UnsealFailure notOurs) {
      return false;
    }
  }
}
