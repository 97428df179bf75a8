package io.coffer.type;

import io.coffer.web.Problem;
import io.coffer.web.ProblemMember;
import io.coffer.web.ProblemType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What clients are told of fields that break rules, and of forms that a type does not have. */
public final class TypeProblems {

  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String VALUE = "value";

  @ServerExceptionMapper
  public Response type(TypeFailure failure) {
    return problem(failure).toResponse();
  }

  /** The problem that a failure is told as; no value is in it. */
  public static Problem problem(TypeFailure failure) {
    return switch (failure) {
      case TypeFailure.InvalidFields invalid ->
          Problem.ofFields(
              ProblemType.INVALID_FIELDS, "See the errors.", errors(invalid.violations()));
      case TypeFailure.IncompleteFields incomplete ->
          Problem.ofFields(
              ProblemType.INCOMPLETE_CREDENTIAL,
              "Fields are missing: see the errors.",
              errors(incomplete.violations()));
      case TypeFailure.ValueTooLarge large ->
          Problem.of(
                  ProblemType.TOO_LARGE,
                  "The fields may take " + large.limit() + " bytes together.")
              .with(ProblemMember.LIMIT, large.limit());
      case TypeFailure.UnsupportedForm unsupported ->
          Problem.of(
                  ProblemType.UNSUPPORTED_FORM,
                  "The type cannot be rendered as " + unsupported.form().code() + ".")
              .with(
                  ProblemMember.SUPPORTED,
                  unsupported.supported().stream().map(RenderForm::code).toList());
      case TypeFailure.TemplateRefused refused -> template(refused);
      case TypeFailure.Busy ignored ->
          Problem.of(ProblemType.BUSY, "Too many keys and passphrases are being checked.")
              .retryAfter(SOON);
    };
  }

  private static Problem template(TypeFailure.TemplateRefused refused) {
    Problem problem =
        Problem.of(
            ProblemType.TEMPLATE_REFUSED,
            "The template at " + refused.place() + ' ' + refused.fault().words() + '.');
    return refused.variables().isEmpty()
        ? problem
        : problem.with(ProblemMember.UNDEFINED, refused.variables());
  }

  private static List<Problem.FieldError> errors(List<Violation> violations) {
    return violations.stream()
        .map(
            violation ->
                new Problem.FieldError(
                    path(violation.field()), violation.rule().code(), violation.message()))
        .toList();
  }

  /** Where the field stands in requests; the one-string form stands beside the fields. */
  private static String path(String field) {
    return field.equals(VALUE) || field.startsWith(VALUE + '.') ? field : "fields." + field;
  }
}
