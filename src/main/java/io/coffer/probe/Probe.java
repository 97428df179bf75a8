package io.coffer.probe;

import io.smallrye.mutiny.Uni;

/**
 * One kind of probe; a bean of each kind is found by its name. It makes the lightest real call that
 * proves a value, through the guard of outgoing calls, and says what came of it. It keeps nothing:
 * permits, deadlines, records, caches and repetition belong to whoever asks it.
 */
public interface Probe {

  /** The name under {@code probe} in a type, for example {@code http}. */
  String kind();

  /** Counts changes of what it does or how it reads answers. */
  int version();

  /**
   * The host that the value would go to, in lower case, without port; for limits per host only.
   * Reads plain fields and settings, makes no call and does not wait.
   *
   * @return an empty text if it makes no call, or cannot tell
   */
  String host(ProbeRequest request);

  /**
   * Looks. It ends soon after the request's deadline whatever its peer does, and leaves nothing
   * open then, neither when it is cancelled. It may be subscribed on the event loop, which it does
   * not block; the item may come from any thread.
   *
   * @return the verdict. A failure is a fault of the probe, and counts as inconclusive
   */
  Uni<Verdict> probe(ProbeRequest request);
}
