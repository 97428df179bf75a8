package io.coffer.schema;

import io.coffer.web.Problem;
import io.coffer.web.ProblemMember;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when there is no schema. */
public final class SchemaProblems {

  @ServerExceptionMapper
  public Response schema(DiscoveryFailure failure) {
    return problem(failure).toResponse();
  }

  static Problem problem(DiscoveryFailure failure) {
    return switch (failure) {
      case DiscoveryFailure.NoDatabase _ ->
          Problem.of(
              ProblemType.NO_SCHEMA, "The credential is not one of a database that can be read.");
      case DiscoveryFailure.NoSnapshot _ ->
          Problem.of(
              ProblemType.NOT_FOUND, "Nothing was discovered yet, or there is no such snapshot.");
      case DiscoveryFailure.Busy _ ->
          Problem.of(ProblemType.BUSY, "Too many discoveries are under way.")
              .retryAfter(Duration.ofSeconds(5));
      case DiscoveryFailure.Refused refused ->
          Problem.of(ProblemType.DISCOVERY_FAILED, "The database could not be read.")
              .with(ProblemMember.VERDICT, refused.verdict().finding().wireName())
              .with(ProblemMember.REASON, refused.verdict().reason().wireName());
    };
  }
}
