package io.coffer.type.key;

import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** A way to encrypt under a password, whose cost was found to be within the limits. */
interface PasswordEncryption {

  /**
   * Decrypts.
   *
   * @param passphrase UTF-8
   * @return the plain bytes, the caller's to wipe
   * @throws WrongPassphrase if they do not come out whole
   */
  byte[] decrypt(byte[] encrypted, byte[] passphrase) throws WrongPassphrase;

  /** The padding or the length is wrong, as it is with most wrong passphrases. */
  final class WrongPassphrase extends Exception {
    private static final long serialVersionUID = 1;

    WrongPassphrase() {
      super("the passphrase does not open the key", null, false, false);
    }
  }

  /**
   * The scheme that an algorithm identifier names.
   *
   * @throws KeyRefusal if it is not supported, or asks for too much work
   */
  static PasswordEncryption of(AlgorithmIdentifier algorithm) {
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      return Pbes2.of(algorithm);
    }
    if (algorithm.getAlgorithm().on(PKCSObjectIdentifiers.pkcs_12PbeIds)) {
      return Pkcs12Encryption.of(algorithm);
    }
    throw new KeyRefusal("must be encrypted with PBES2, as current tools do");
  }
}
