package io.coffer.kms;

import io.coffer.crypto.DataKey;
import io.coffer.crypto.UnsealFailure;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An open data key that several parts share. It is wiped when the last holder lets go, so that an
 * eviction never takes the key away from a use that is under way.
 */
final class HeldKey {

  private final DataKey key;
  private final @Nullable UUID organization;
  private final KeyPurpose purpose;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** The maker is the first holder; the key is this one's from now on. */
  HeldKey(DataKey key, @Nullable UUID organization, KeyPurpose purpose) {
    this.key = key;
    this.organization = organization;
    this.purpose = purpose;
  }

  UUID id() {
    return key.id();
  }

  /** One holder more; false if the key is wiped already. */
  boolean hold() {
    int before = holders.get();
    while (before > 0) {
      if (holders.compareAndSet(before, before + 1)) {
        return true;
      }
      before = holders.get();
    }
    return false;
  }

  /** One holder less; each holder lets go exactly once. */
  void release() {
    if (holders.decrementAndGet() == 0) {
      key.close();
    }
  }

  /**
   * Works with the key on behalf of an organization, null for none.
   *
   * @throws UnsealFailure.ForeignDataKey if the key is not that organization's, or of another
   *     purpose
   */
  <T> T use(@Nullable UUID onBehalf, KeyPurpose forPurpose, Function<DataKey, T> work) {
    if (purpose != forPurpose || !java.util.Objects.equals(organization, onBehalf)) {
      throw new UnsealFailure.ForeignDataKey(key.id());
    }
    return work.apply(key);
  }

  boolean isWiped() {
    return key.isClosed();
  }

  @Override
  public String toString() {
    return "HeldKey[" + key.id() + ']';
  }
}
