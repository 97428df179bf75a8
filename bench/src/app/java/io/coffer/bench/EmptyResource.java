package io.coffer.bench;

import io.coffer.access.Callers;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The floor: an answer that costs nothing, with and without the check of a token. */
@Path("/bench")
@Produces(MediaType.APPLICATION_JSON)
public class EmptyResource {

  private static final byte[] EMPTY = {'{', '}'};

  private final Callers callers;

  EmptyResource(Callers callers) {
    this.callers = callers;
  }

  @GET
  @Path("/open")
  public Uni<byte[]> open() {
    return Uni.createFrom().item(EMPTY);
  }

  /** Checks the token and nothing else: no row is asked for. */
  @GET
  @Path("/token")
  public Uni<byte[]> token() {
    return callers.visitor().map(visitor -> visitor.isPresent() ? EMPTY : new byte[0]);
  }
}
