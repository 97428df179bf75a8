package io.coffer.type.key;

import java.util.Arrays;

/** One private key in one of its wrappings. */
sealed interface PrivateKeyBlock
    permits PlainKey, TraditionalEncryptedKey, EncryptedPkcs8Key, OpenSshKey {

  KeyInfo info();

  /**
   * Whether the passphrase opens the key; false for a key that has none. Costs at most what the
   * limits in {@link KeyLimits} allow.
   *
   * @param passphrase UTF-8, the caller's to wipe
   */
  boolean opens(byte[] passphrase);

  /**
   * Reads a key and checks what can be checked without a passphrase.
   *
   * @throws KeyRefusal if it is none
   */
  static PrivateKeyBlock of(PemBlock block) {
    byte[] content = block.content();
    return switch (block.label()) {
      case "PRIVATE KEY" -> new PlainKey(KeyMaterial.pkcs8(content));
      case "ENCRYPTED PRIVATE KEY" -> EncryptedPkcs8Key.read(content);
      case "OPENSSH PRIVATE KEY" -> OpenSshKey.read(content);
      case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
          block.headers().isEmpty()
              ? new PlainKey(KeyMaterial.traditional(block.label(), content))
              : TraditionalEncryptedKey.read(block);
      default ->
          throw new KeyRefusal(
              "must be a private key in PKCS#8, in OpenSSH's form, or of RSA, EC or DSA");
    };
  }

  /** Wipes bytes and answers what was found meanwhile. */
  static boolean wiping(byte[] bytes, boolean answer) {
    Arrays.fill(bytes, (byte) 0);
    return answer;
  }
}
