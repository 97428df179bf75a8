package io.coffer.access.grant;

import io.coffer.web.Problem;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when a grant cannot be changed. */
public final class GrantProblems {

  @ServerExceptionMapper
  public Response lastAdmin(LastAdmin failure) {
    return Problem.of(
            ProblemType.LAST_ADMIN,
            "Nobody else is known to administer it. Grant admin to somebody, or send force=true.")
        .toResponse();
  }
}
