package io.coffer.probe.http;

import io.coffer.probe.Reason;

/** The fields make no call; nothing was sent, and trying again is of no use. */
final class CannotPlan extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  CannotPlan(Reason reason) {
    // Without a message: it could only be about the fields.
    super(reason.wireName(), null, false, false);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  boolean isRetryable() {
    return false;
  }
}
