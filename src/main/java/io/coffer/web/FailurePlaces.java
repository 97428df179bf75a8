package io.coffer.web;

/**
 * Tells a failure by its classes and places alone. A message may quote a value: that of the
 * database's client prints parameters, that of a JSON parser its input.
 */
final class FailurePlaces {

  private static final int FRAMES = 8;

  /** Enough for every chain that is not a loop. */
  private static final int CAUSES = 16;

  private FailurePlaces() {}

  static String of(Throwable failure) {
    StringBuilder places = new StringBuilder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES; depth++) {
      StackTraceElement[] trace = cause.getStackTrace();
      places.append(places.isEmpty() ? "" : " caused by ").append(cause.getClass().getName());
      for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
        places.append(" < ").append(trace[i]);
      }
      cause = cause.getCause();
    }
    return places.toString();
  }
}
