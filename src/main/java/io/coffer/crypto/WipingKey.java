package io.coffer.crypto;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Key bytes that the JDK's ciphers accept and that can be wiped, which {@code SecretKeySpec} cannot
 * (it keeps a copy of its own and refuses to be destroyed).
 */
final class WipingKey implements SecretKey, AutoCloseable {

  private static final long serialVersionUID = 1L;

  private final String algorithm;

  @SuppressWarnings("serial") // never serialised: see writeObject
  private final byte[] bytes;

  private volatile boolean destroyed;

  /** Takes ownership of the bytes. */
  WipingKey(String algorithm, byte[] bytes) {
    this.algorithm = algorithm;
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("the key is closed");
    }
    return bytes.clone();
  }

  @Override
  public void destroy() {
    destroyed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "WipingKey[redacted]";
  }

  private void writeObject(java.io.ObjectOutputStream out) throws java.io.NotSerializableException {
    throw new java.io.NotSerializableException("keys are not serialised");
  }
}
