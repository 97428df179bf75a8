package io.coffer.kms;

/**
 * The bounds of unwrapped keys, ages in nanoseconds.
 *
 * @param refreshAge from which age on a key in use is refreshed in the background
 * @param maxAge from which age on a key is refreshed before it is used
 * @param spentAge from which age on a key is not used even if it cannot be refreshed
 * @param maxUses after how many uses a key is refreshed before the next one
 * @param pause how long after a failed refresh none is tried
 * @param maxKeys how many keys are held
 * @param maxLoads how many keys are waited for at once
 */
record CacheBounds(
    long refreshAge,
    long maxAge,
    long spentAge,
    long maxUses,
    long pause,
    long maxKeys,
    int maxLoads) {

  static CacheBounds of(KeysConfig config) {
    KeysConfig.Cache cache = config.cache();
    if (cache.refreshAfter().compareTo(cache.maxAge()) >= 0) {
      throw new IllegalArgumentException(
          "coffer.keys.cache.refresh-after must be less than coffer.keys.cache.max-age");
    }
    return new CacheBounds(
        cache.refreshAfter().toNanos(),
        cache.maxAge().toNanos(),
        cache.maxAge().plus(config.serveStaleFor()).toNanos(),
        cache.maxUses(),
        config.pauseAfterFailure().toNanos(),
        cache.maxKeys(),
        cache.maxLoads());
  }

  /** Uses are refreshed early too, so that no use waits. */
  long refreshUses() {
    return maxUses - maxUses / 4;
  }
}
