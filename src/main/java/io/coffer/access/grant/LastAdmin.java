package io.coffer.access.grant;

/** The caller would take its own right to administer away, and nobody else is known to have it. */
public final class LastAdmin extends RuntimeException {

  private static final long serialVersionUID = 1;

  LastAdmin() {
    super("nobody else is known to administer it", null, false, false);
  }
}
