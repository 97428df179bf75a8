package io.coffer.activity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Computes the links of chains: {@code SHA-256(hash before ‖ canonical event)}. Not thread-safe.
 */
public final class Hashes {

  /** The length of a link in bytes. */
  public static final int LENGTH = 32;

  private final EventBytes bytes = new EventBytes();
  private final MessageDigest digest = sha256();

  /** What stands before the first event of a chain. */
  public static byte[] beginning() {
    return new byte[LENGTH];
  }

  /** The hash of an event after one with the given hash. */
  public byte[] link(
      byte[] previous, UUID writer, long sequence, UUID id, long time, EventContent content) {
    EventBytes event = bytes.linked(writer, sequence, id, time, content);
    digest.update(previous);
    digest.update(event.buffer(), 0, event.length());
    return digest.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
