package io.coffer.web;

/** A header of the request that cannot be taken as it stands. */
public final class InvalidHeader extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String header;
  private final String reason;

  /**
   * @param header its name
   * @param reason a sentence that never repeats the value
   */
  public InvalidHeader(String header, String reason) {
    super("a header is not valid", null, false, false);
    this.header = header;
    this.reason = reason;
  }

  public String header() {
    return header;
  }

  public String reason() {
    return reason;
  }
}
