package io.coffer.access.people;

import io.coffer.web.Problem;
import io.coffer.web.ProblemMember;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told when an organization, a team or a person cannot be changed. */
public final class PeopleProblems {

  @ServerExceptionMapper
  public Response people(PeopleFailure failure) {
    return problem(failure).toResponse();
  }

  /** The one table of this feature's failures. */
  public static Problem problem(PeopleFailure failure) {
    return switch (failure) {
      case PeopleFailure.NameTaken taken -> Problem.of(ProblemType.NAME_TAKEN, taken.getMessage());
      case PeopleFailure.RevisionMismatch mismatch ->
          Problem.of(ProblemType.REVISION_MISMATCH, "Read it again.")
              .with(ProblemMember.REVISION, mismatch.current());
      case PeopleFailure.Refused refused -> Problem.of(ProblemType.CONFLICT, refused.getMessage());
      case PeopleFailure.NotEmpty full ->
          Problem.of(ProblemType.CONFLICT, "Only an empty organization can be deleted.")
              .with(ProblemMember.CONTENTS, full.contents());
    };
  }
}
