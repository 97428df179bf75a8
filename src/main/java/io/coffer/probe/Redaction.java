package io.coffer.probe;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a verdict what a provider has sent back of the value itself, in whole or in part:
 * some repeat the beginning and the end of a key in what should be a code or a name.
 */
final class Redaction {

  /** How much of a value in a row is too much. */
  private static final int SHORTEST = 6;

  private Redaction() {}

  /** The verdict without what repeats one of the secrets. */
  static Verdict of(Verdict verdict, SecretFields secrets) {
    String code = verdict.code();
    if (code == null && verdict.metadata().isEmpty()) {
      return verdict;
    }
    Verdict clean = repeats(code, secrets) ? verdict.withCode(null) : verdict;
    Map<String, String> metadata = new LinkedHashMap<>();
    clean
        .metadata()
        .forEach(
            (name, value) -> {
              if (!repeats(value, secrets)) {
                metadata.put(name, value);
              }
            });
    return clean.withMetadata(metadata);
  }

  private static boolean repeats(@Nullable String text, SecretFields secrets) {
    if (text == null) {
      return false;
    }
    byte[] told = text.getBytes(StandardCharsets.UTF_8);
    return secrets.ids().stream()
        .anyMatch(id -> secrets.find(id).filter(secret -> shares(told, secret)).isPresent());
  }

  private static boolean shares(byte[] told, SecretValue secret) {
    byte[] bytes = secret.revealBytes();
    try {
      int length = Math.min(SHORTEST, bytes.length);
      for (int from = 0; length > 0 && from + length <= told.length; from++) {
        for (int at = 0; at + length <= bytes.length; at++) {
          if (Arrays.equals(told, from, from + length, bytes, at, at + length)) {
            return true;
          }
        }
      }
      return false;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
