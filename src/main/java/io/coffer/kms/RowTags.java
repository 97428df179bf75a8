package io.coffer.kms;

import io.coffer.crypto.Macs;
import io.smallrye.mutiny.Uni;

/**
 * Tags over rows, requests and checkpoints, under keys that the key management service wraps, for
 * every feature that must notice a change behind its back.
 */
public final class RowTags {

  private final DataKeys keys;

  RowTags(DataKeys keys) {
    this.keys = keys;
  }

  /**
   * A tag over the content under the current key of the purpose.
   *
   * @param purpose any but {@link KeyPurpose#VALUES}
   * @param domain what the content is, for example {@code connection}
   * @param content canonical bytes, see {@link io.coffer.crypto.CanonicalWriter}
   */
  public Uni<byte[]> tag(KeyPurpose purpose, String domain, byte[] content) {
    return keys.shared()
        .current(purpose)
        .flatMap(
            id ->
                keys.cache()
                    .use(id, key -> key.use(null, purpose, dk -> Macs.tag(dk, domain, content))));
  }

  /**
   * Whether the tag was made over exactly this content. Fails with {@link
   * io.coffer.crypto.UnsealFailure} if the tag is none, or names an unknown key or one of another
   * purpose.
   */
  public Uni<Boolean> verify(KeyPurpose purpose, String domain, byte[] content, byte[] tag) {
    return Uni.createFrom()
        .deferred(
            () ->
                keys.cache()
                    .use(
                        Macs.keyId(tag),
                        key ->
                            key.use(null, purpose, dk -> Macs.verify(dk, domain, content, tag))));
  }
}
