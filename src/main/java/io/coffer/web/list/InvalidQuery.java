package io.coffer.web.list;

/** A query parameter that the list does not know or cannot read. */
public final class InvalidQuery extends RuntimeException {

  private final String parameter;

  public InvalidQuery(String parameter, String message) {
    super(message, null, false, false);
    this.parameter = parameter;
  }

  /** The name of the parameter, cut to a length that can be shown. */
  public String parameter() {
    return parameter.length() <= 64 ? parameter : parameter.substring(0, 64) + "…";
  }

  /** What is wrong with it, without its value. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
