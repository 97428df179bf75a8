package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.web.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeProblemsTest {

  private static final Violation VIOLATION =
      Violation.limited("user", FieldRule.MAX_LENGTH, "must have at most 3 characters", 3);

  @Test
  void decidesTheStatusOfEachFailure() {
    assertThat(status(new TypeFailure.InvalidFields(List.of(VIOLATION)))).isEqualTo(422);
    assertThat(status(new TypeFailure.IncompleteFields(List.of(VIOLATION)))).isEqualTo(422);
    assertThat(status(new TypeFailure.ValueTooLarge(65_536))).isEqualTo(413);
    assertThat(status(new TypeFailure.UnsupportedForm(RenderForm.JDBC, List.of(RenderForm.FIELDS))))
        .isEqualTo(422);
    assertThat(
            status(new TypeFailure.TemplateRefused("env.X", TemplateFault.UNDEFINED, List.of("n"))))
        .isEqualTo(422);
  }

  @Test
  void namesFieldRuleAndLimit() {
    Problem problem = TypeProblems.problem(new TypeFailure.InvalidFields(List.of(VIOLATION)));
    assertThat(problem.errors())
        .containsExactly(
            new Problem.FieldError("fields.user", "max_length", "must have at most 3 characters"));
  }

  @Test
  void listsTheFormsThatThereAre() {
    TypeFailure failure =
        new TypeFailure.UnsupportedForm(
            RenderForm.JDBC, List.of(RenderForm.FIELDS, RenderForm.ENV));
    assertThat(TypeProblems.problem(failure).members())
        .containsEntry("supported", List.of("fields", "env"));
  }

  private static int status(TypeFailure failure) {
    return TypeProblems.problem(failure).status();
  }
}
