package io.coffer.type.key;

import java.io.IOException;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** An encrypted PKCS#8 key (RFC 5958) under PBES2 (RFC 8018) or the scheme of PKCS#12. */
record EncryptedPkcs8Key(PasswordEncryption scheme, byte[] encrypted) implements PrivateKeyBlock {

  static EncryptedPkcs8Key read(byte[] der) {
    try {
      EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(Der.read(der));
      AlgorithmIdentifier algorithm = info.getEncryptionAlgorithm();
      return new EncryptedPkcs8Key(PasswordEncryption.of(algorithm), info.getEncryptedData());
    } catch (KeyRefusal refusal) {
      throw refusal;
    } catch (IOException | RuntimeException notAKey) {
      throw new KeyRefusal("must be an encrypted PKCS#8 key that is whole");
    }
  }

  @Override
  public KeyInfo info() {
    return new KeyInfo(KeyType.UNKNOWN, true, false);
  }

  @Override
  public boolean opens(byte[] passphrase) {
    try {
      byte[] der = scheme.decrypt(encrypted, passphrase);
      return PrivateKeyBlock.wiping(der, isKey(der));
    } catch (PasswordEncryption.WrongPassphrase wrong) {
      return false;
    }
  }

  private static boolean isKey(byte[] der) {
    try {
      return KeyMaterial.pkcs8(der) != KeyType.UNKNOWN;
    } catch (KeyRefusal wrong) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "EncryptedPkcs8Key[redacted]";
  }
}
