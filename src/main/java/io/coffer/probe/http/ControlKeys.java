package io.coffer.probe.http;

import io.coffer.secret.SecretValue;
import java.security.SecureRandom;
import java.util.Arrays;

/** Values that look like a secret and are none. */
final class ControlKeys {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LONGEST_PREFIX = 16;
  private static final int SHORTEST = 16;

  private ControlKeys() {}

  /**
   * A random value of the same shape: it keeps what stands before the last dash or underscore at
   * the beginning, which tells whose key it is, and the sort of each character behind it.
   */
  static SecretValue like(SecretValue secret) {
    byte[] bytes = secret.revealBytes();
    int start = prefix(bytes);
    boolean hex = isHex(bytes, start);
    byte[] made = Arrays.copyOf(bytes, Math.max(bytes.length, start + SHORTEST));
    Arrays.fill(bytes, (byte) 0);
    for (int i = start; i < made.length; i++) {
      made[i] = other(made[i], hex);
    }
    return SecretValue.takeOwnershipOf(made);
  }

  private static int prefix(byte[] bytes) {
    int end = 0;
    for (int i = 0; i < Math.min(bytes.length / 2, LONGEST_PREFIX); i++) {
      end = bytes[i] == '-' || bytes[i] == '_' ? i + 1 : end;
    }
    return end;
  }

  private static boolean isHex(byte[] bytes, int start) {
    boolean hex = true;
    for (int i = start; i < bytes.length; i++) {
      hex &= Character.digit(bytes[i], 16) >= 0;
    }
    return hex;
  }

  private static byte other(byte character, boolean hex) {
    if (character >= '0' && character <= '9' || character == 0) {
      return (byte) ('0' + RANDOM.nextInt(10));
    }
    if (character >= 'a' && character <= 'z') {
      return (byte) ('a' + RANDOM.nextInt(hex ? 6 : 26));
    }
    if (character >= 'A' && character <= 'Z') {
      return (byte) ('A' + RANDOM.nextInt(hex ? 6 : 26));
    }
    return character;
  }
}
