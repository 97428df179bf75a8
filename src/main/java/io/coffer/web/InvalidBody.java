package io.coffer.web;

import java.util.List;

/** A request body whose members are wrong. */
public final class InvalidBody extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<Problem.FieldError> errors;

  public InvalidBody(List<Problem.FieldError> errors) {
    super("the body is not valid", null, false, false);
    this.errors = List.copyOf(errors);
  }

  public List<Problem.FieldError> errors() {
    return errors;
  }
}
