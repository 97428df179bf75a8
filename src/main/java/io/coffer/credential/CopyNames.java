package io.coffer.credential;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a copy may be called whose caller named it nothing, the plainest name first. */
final class CopyNames {

  /** So many copies of a name are counted. */
  private static final int MAX = 100;

  private static final int ID_DIGITS = 12;
  private static final Pattern COPY =
      Pattern.compile(" \\(copy(?: (?:[0-9]{1,3}|[0-9a-f]{" + ID_DIGITS + "}))?\\)$");

  private CopyNames() {}

  /** {@code name (copy)}, {@code name (copy 2)} and so on; the copy of a copy goes on counting. */
  static List<String> of(String name) {
    return Stream.concat(
            Stream.of(" (copy)"), IntStream.rangeClosed(2, MAX).mapToObj(n -> " (copy " + n + ")"))
        .map(suffix -> suffixed(name, suffix))
        .toList();
  }

  /** A name that no other copy gets: the end of an id of version 7 is random. */
  static String of(String name, UUID copy) {
    String id = copy.toString();
    return suffixed(name, " (copy " + id.substring(id.length() - ID_DIGITS) + ")");
  }

  /**
   * A name that is free, one of the first so many; empty if none is.
   *
   * @param taken the keys of the names that are not
   * @param among 1 gives the first; more keeps those apart who look at the same time
   */
  static Optional<String> free(List<String> names, UUID type, List<String> taken, int among) {
    List<String> free =
        names.stream()
            .filter(name -> !taken.contains(NameKey.of(type, name)))
            .limit(among)
            .toList();
    return free.isEmpty()
        ? Optional.empty()
        : Optional.of(free.get(ThreadLocalRandom.current().nextInt(free.size())));
  }

  private static String suffixed(String name, String suffix) {
    String base = COPY.matcher(name).replaceFirst("");
    String original = base.isBlank() ? name : base;
    return cut(original, CredentialBodies.MAX_NAME - suffix.length()) + suffix;
  }

  private static String cut(String name, int room) {
    int length = name.codePointCount(0, name.length());
    return length <= room ? name : name.substring(0, name.offsetByCodePoints(0, room));
  }
}
