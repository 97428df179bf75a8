package io.coffer.testing;

import java.util.List;

/** What becomes of a JVM that lives for seconds. */
final class ShortLived {

  /** The second compiler and a collector of many threads would cost more than they give back. */
  static final List<String> JAVA_OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private ShortLived() {}
}
