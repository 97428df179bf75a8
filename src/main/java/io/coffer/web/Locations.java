package io.coffer.web;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Says where something was made by the public address, or by the path alone. The framework would
 * complete the path by the request's {@code Host}.
 */
public final class Locations {

  private final PublicAddress address;

  Locations(PublicAddress address) {
    this.address = address;
  }

  @ServerResponseFilter
  public void rewrite(ContainerResponseContext response) {
    boolean made = response.getStatus() == Response.Status.CREATED.getStatusCode();
    if (made && response.getHeaders().getFirst(HttpHeaders.LOCATION) instanceof URI place) {
      response.getHeaders().putSingle(HttpHeaders.LOCATION, address.of(place.getRawPath()));
    }
  }
}
