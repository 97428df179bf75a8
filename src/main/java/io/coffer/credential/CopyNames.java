package io.coffer.credential;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a copy may be called whose caller named it nothing, the plainest name first. */
final class CopyNames {

  /** After so many copies the caller has to name one. */
  private static final int MAX = 100;

  private static final Pattern COPY = Pattern.compile(" \\(copy(?: [0-9]{1,3})?\\)$");

  private CopyNames() {}

  /** {@code name (copy)}, {@code name (copy 2)} and so on; the copy of a copy goes on counting. */
  static List<String> of(String name) {
    String base = COPY.matcher(name).replaceFirst("");
    String original = base.isBlank() ? name : base;
    return Stream.concat(
            Stream.of(" (copy)"), IntStream.rangeClosed(2, MAX).mapToObj(n -> " (copy " + n + ")"))
        .map(suffix -> cut(original, CredentialBodies.MAX_NAME - suffix.length()) + suffix)
        .toList();
  }

  /**
   * The first name that is free.
   *
   * @param taken the keys of the names that are not; if all are, the last name stands
   */
  static String free(List<String> names, UUID type, List<String> taken) {
    return names.stream()
        .filter(name -> !taken.contains(NameKey.of(type, name)))
        .findFirst()
        .orElseGet(names::getLast);
  }

  private static String cut(String name, int room) {
    int length = name.codePointCount(0, name.length());
    return length <= room ? name : name.substring(0, name.offsetByCodePoints(0, room));
  }
}
