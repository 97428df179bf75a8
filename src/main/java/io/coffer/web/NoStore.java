package io.coffer.web;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** No cache keeps an answer whose resource says nothing else (RFC 9111, section 5.2.2.5). */
public final class NoStore {

  @ServerResponseFilter
  public void forbid(ContainerResponseContext response) {
    response.getHeaders().putIfAbsent(HttpHeaders.CACHE_CONTROL, List.of("no-store"));
  }
}
