package io.coffer.kms.aws;

import java.util.logging.Logger;

/**
 * Silences the dump of every byte on the wire that the SDK's HTTP client logs at level DEBUG: keys
 * pass there in the clear. A level would not do, since an operator who looks for something else may
 * raise it for everything.
 */
final class WireLog {

  // Held here because log managers may forget a logger that nobody holds, and its filter with it.
  private static final Logger WIRE = Logger.getLogger("io.netty.handler.logging.LoggingHandler");

  private WireLog() {}

  static void silence() {
    WIRE.setFilter(_ -> false);
  }
}
