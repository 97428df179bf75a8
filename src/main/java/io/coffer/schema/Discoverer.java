package io.coffer.schema;

import io.coffer.probe.ProbeRequest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Reads what the databases of one way to reach them hold; a bean of each kind is found by CDI. */
public interface Discoverer {

  /** Which kind of database it would read; an empty text if that credential is not for it. */
  String dialect(ProbeRequest request);

  /**
   * Reads catalogues, never data. It ends soon after the request's deadline whatever its peer does.
   *
   * @param request the credential, whose secrets stay the caller's
   * @param wanted which tables
   * @param bounds how much
   * @return fails with {@link DiscoveryFailure.Refused} for what a probe would give a verdict on
   */
  Uni<Discovered> discover(ProbeRequest request, Selection wanted, Bounds bounds);

  /**
   * How much a discovery may take.
   *
   * @param limits how many tables and columns; whoever calls cuts what is beyond
   * @param bytes how many bytes may be received
   * @param time how long it may take
   */
  record Bounds(Limits limits, long bytes, Duration time) {}
}
