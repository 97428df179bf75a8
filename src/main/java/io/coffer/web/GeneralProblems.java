package io.coffer.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.coffer.web.database.DatabaseTrouble;
import io.coffer.web.list.InvalidQuery;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Failures of no feature in particular: unreadable requests, unknown paths, our own mistakes. */
public final class GeneralProblems {

  private static final Logger LOG = Logger.getLogger(GeneralProblems.class);
  private static final Duration SOON = Duration.ofSeconds(5);

  @ServerExceptionMapper
  public Response unreadable(JsonProcessingException failure) {
    return UnreadableJson.problem(failure).toResponse();
  }

  /** For this one the framework has an answer of its own, without a word. */
  @ServerExceptionMapper
  public Response mismatched(MismatchedInputException failure) {
    return unreadable(failure);
  }

  @ServerExceptionMapper
  public Response invalid(InvalidBody failure) {
    return Problem.ofFields(
            ProblemType.INVALID_FIELDS, "Members of the body are not valid.", failure.errors())
        .toResponse();
  }

  @ServerExceptionMapper
  public Response invalid(InvalidQuery failure) {
    Problem.FieldError error =
        new Problem.FieldError(failure.parameter(), "query", failure.reason());
    return Problem.ofFields(
            ProblemType.INVALID_QUERY, "A query parameter is not valid.", List.of(error))
        .toResponse();
  }

  @ServerExceptionMapper
  public Response invalid(InvalidHeader failure) {
    Problem.FieldError error = new Problem.FieldError(failure.header(), "header", failure.reason());
    return Problem.ofFields(
            ProblemType.MALFORMED_REQUEST, "A header of the request is not valid.", List.of(error))
        .toResponse();
  }

  @ServerExceptionMapper
  public Response noId(PathIds.NoId failure) {
    Problem.FieldError error =
        new Problem.FieldError(
            failure.parameter(),
            "uuid",
            "It must be the id, which is a UUID; a list with a filter finds it by name.");
    return Problem.ofFields(
            ProblemType.NOT_FOUND, "A part of the path is not an id.", List.of(error))
        .toResponse();
  }

  @ServerExceptionMapper
  public Response http(WebApplicationException failure) {
    int status = failure.getResponse().getStatus();
    if (status == 400 && failure.getCause() instanceof JsonProcessingException json) {
      return unreadable(json);
    }
    ProblemType type = ofStatus(status);
    return Problem.of(type, detail(type)).toResponse();
  }

  private static @Nullable String detail(ProblemType type) {
    return switch (type) {
      case MALFORMED_REQUEST -> "The body is not valid JSON, or a parameter cannot be read.";
      case NOT_FOUND -> "There is no such path, or its id is not one.";
      case UNSUPPORTED_MEDIA_TYPE -> "Send application/json.";
      case NOT_ACCEPTABLE -> "Accept application/json.";
      default -> null;
    };
  }

  @ServerExceptionMapper
  public Response unexpected(Throwable failure) {
    if (DatabaseTrouble.isBehind(failure)) {
      LOG.warnf("the database cannot be reached: %s", FailurePlaces.of(failure));
      return Problem.of(ProblemType.DATABASE_UNAVAILABLE, null).retryAfter(SOON).toResponse();
    }
    // The class and the place, not the message: a driver's message may quote a value.
    LOG.errorf("unexpected %s at %s", failure.getClass().getName(), FailurePlaces.of(failure));
    return Problem.of(ProblemType.INTERNAL, null).toResponse();
  }

  private static ProblemType ofStatus(int status) {
    return switch (status) {
      case 401 -> ProblemType.UNAUTHENTICATED;
      case 403 -> ProblemType.FORBIDDEN;
      case 404 -> ProblemType.NOT_FOUND;
      case 405 -> ProblemType.METHOD_NOT_ALLOWED;
      case 406 -> ProblemType.NOT_ACCEPTABLE;
      case 413 -> ProblemType.TOO_LARGE;
      case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE;
      default -> status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL;
    };
  }
}
