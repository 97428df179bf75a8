package io.coffer.crypto;

import io.coffer.secret.Binding;

/** The canonical bytes of a binding, and the two {@code info} values made from them. */
final class BindingBytes {

  private static final String ENCRYPTION_LABEL = "coffer value encryption";
  private static final String COMMITMENT_LABEL = "coffer value commitment";

  private final byte[] bytes;

  private BindingBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  static BindingBytes of(int formatVersion, Binding binding) {
    try (CanonicalWriter writer = new CanonicalWriter()) {
      return new BindingBytes(
          writer
              .part(new byte[] {(byte) formatVersion})
              .part(binding.kind().storedName())
              .part(binding.organization())
              .part(binding.object())
              .part(binding.version())
              .part(binding.type())
              .part(binding.plainDigest())
              .toBytes());
    }
  }

  /** The additional authenticated data; not to be changed by the caller. */
  byte[] additionalData() {
    return bytes;
  }

  byte[] encryptionInfo() {
    return info(ENCRYPTION_LABEL);
  }

  byte[] commitmentInfo() {
    return info(COMMITMENT_LABEL);
  }

  private byte[] info(String label) {
    try (CanonicalWriter writer = new CanonicalWriter()) {
      return writer.part(label).part(bytes).toBytes();
    }
  }
}
