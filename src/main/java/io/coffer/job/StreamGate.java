package io.coffer.job;

import io.coffer.access.Callers;
import io.coffer.access.Denied;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Decides who may follow a batch before the stream begins: once it has, its head is on the wire,
 * and no problem can be answered any more.
 */
public final class StreamGate {

  private final Callers callers;
  private final Batches batches;

  StreamGate(Callers callers, Batches batches) {
    this.callers = callers;
    this.batches = batches;
  }

  @ServerRequestFilter
  @AdmittedStream
  public Uni<Void> admit(UriInfo uri) {
    return callers
        .current()
        .flatMap(caller -> batches.find(caller, id(uri.getPathParameters().getFirst("id"))))
        .replaceWithVoid();
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Denied.NotVisible();
    }
  }
}
