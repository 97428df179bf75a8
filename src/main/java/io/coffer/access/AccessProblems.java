package io.coffer.access;

import io.coffer.access.issuer.IdentityFailure;
import io.coffer.web.Problem;
import io.coffer.web.ProblemMember;
import io.coffer.web.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the native API answers to callers that are not let through. */
public final class AccessProblems {

  // One text for all that is not seen, so that it does not tell what there is.
  private static final String NOT_VISIBLE =
      "There is none of this id or name, no default of this type, or no organization as in"
          + " X-Coffer-Organization; or it is not for you to see.";

  private static final Duration SOON = Duration.ofSeconds(5);

  private final MeterRegistry meters;
  private final Recorder recorder;
  private final Callers callers;
  private final Clock clock;

  AccessProblems(MeterRegistry meters, Recorder recorder, Callers callers, Clock clock) {
    this.meters = meters;
    this.recorder = recorder;
    this.callers = callers;
    this.clock = clock;
  }

  @ServerExceptionMapper
  public Response denied(Denied denied) {
    count(denied.code());
    return denied instanceof Denied.Unauthenticated
        ? challenge(problem(denied), "Bearer")
        : problem(denied).toResponse();
  }

  /** The one table of refusals. */
  public static Problem problem(Denied denied) {
    return switch (denied) {
      case Denied.Unauthenticated ignored ->
          Problem.of(ProblemType.UNAUTHENTICATED, "Send an access token as Bearer.");
      case Denied.NotVisible ignored -> Problem.of(ProblemType.NOT_FOUND, NOT_VISIBLE);
      case Denied.MissingRole missing ->
          Problem.of(
                  ProblemType.FORBIDDEN,
                  "This needs the role " + String.join(" or ", sorted(missing.oneOf())) + ".")
              .with(ProblemMember.MISSING_ROLE, sorted(missing.oneOf()));
      case Denied.PrincipalDisabled ignored ->
          Problem.of(ProblemType.PRINCIPAL_DISABLED, "Ask an administrator to enable you again.");
      case Denied.OrganizationRequired required ->
          Problem.of(ProblemType.ORGANIZATION_REQUIRED, organizationHint(required))
              .with(ProblemMember.CHOICES, required.choices());
      case Denied.ForgedRequest ignored ->
          Problem.of(
              ProblemType.CSRF_TOKEN_REQUIRED,
              "Send the csrf_token of /api/v1/me in the header " + CsrfTokens.HEADER + ".");
    };
  }

  @ServerExceptionMapper
  public Response identity(IdentityFailure failure) {
    loginFailed(failure.code());
    return switch (failure) {
      case IdentityFailure.TokenRefused refused ->
          challenge(
              Problem.of(ProblemType.UNAUTHENTICATED, refused.reason().sentence()),
              "Bearer error=\"invalid_token\", error_description=\""
                  + refused.reason().sentence()
                  + '"');
      case IdentityFailure.KeysUnknown ignored ->
          Problem.of(ProblemType.IDENTITY_UNAVAILABLE, null).retryAfter(SOON).toResponse();
    };
  }

  /** A session that does not open. */
  @ServerExceptionMapper
  public Response login(AuthenticationFailedException failure) {
    loginFailed("login_failed");
    return challenge(Problem.of(ProblemType.UNAUTHENTICATED, "The log-in failed."), "Bearer");
  }

  /** A log-in that the provider or the browser ended. */
  @ServerExceptionMapper
  public Response login(AuthenticationCompletionException failure) {
    loginFailed("login_failed");
    return challenge(Problem.of(ProblemType.UNAUTHENTICATED, "The log-in failed."), "Bearer");
  }

  private void loginFailed(String reason) {
    count(reason);
    recorder.note(AccessEvent.failedLogin(clock.instant(), reason, callers.origin()));
  }

  private void count(String reason) {
    Counter.builder("coffer.refusals")
        .description("Requests that were refused because of who called, by the reason")
        .tag("reason", reason)
        .register(meters)
        .increment();
  }

  private static Response challenge(Problem problem, String challenge) {
    return Response.fromResponse(problem.toResponse())
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge)
        .build();
  }

  private static String organizationHint(Denied.OrganizationRequired required) {
    return required.choices().isEmpty()
        ? "Your token names no organization."
        : "Name one of your organizations in the header " + Callers.ORGANIZATION_HEADER + ".";
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }
}
