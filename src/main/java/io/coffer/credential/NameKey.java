package io.coffer.credential;

import java.util.Locale;
import java.util.UUID;

/** What must be unique per organization and owner among the credentials that are not deleted. */
final class NameKey {

  private NameKey() {}

  /** The rule of the native API: a name once per type, whatever its case. */
  static String of(UUID type, String name) {
    return "n" + type + name.toLowerCase(Locale.ROOT);
  }

  /** The same rule under another type or name; a key of another rule than the native one stays. */
  static boolean isNative(String key) {
    return key.startsWith("n");
  }
}
