package io.coffer.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * What HKDF-SHA-256 (RFC 5869) makes of a data key and one value's salt: the encryption key and the
 * commitment to it. Extracted once, expanded under two labels.
 */
record DerivedKeys(WipingKey encryption, byte[] commitment) implements AutoCloseable {

  static final int COMMITMENT_LENGTH = 32;

  static DerivedKeys derive(DataKey dataKey, byte[] salt, BindingBytes binding) {
    try {
      KDF hkdf = KDF.getInstance("HKDF-SHA256");
      byte[] extracted =
          hkdf.deriveData(
              HKDFParameterSpec.ofExtract().addIKM(dataKey.key()).addSalt(salt).extractOnly());
      try (WipingKey pseudoRandom = new WipingKey("HKDF", extracted)) {
        byte[] key = expand(hkdf, pseudoRandom, binding.encryptionInfo(), DataKey.LENGTH);
        byte[] commitment = expand(hkdf, pseudoRandom, binding.commitmentInfo(), COMMITMENT_LENGTH);
        return new DerivedKeys(new WipingKey("AES", key), commitment);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA-256 is not available", e);
    }
  }

  private static byte[] expand(KDF hkdf, WipingKey pseudoRandom, byte[] info, int length)
      throws GeneralSecurityException {
    return hkdf.deriveData(HKDFParameterSpec.expandOnly(pseudoRandom, info, length));
  }

  @Override
  public void close() {
    encryption.destroy();
    Arrays.fill(commitment, (byte) 0);
  }

  @Override
  public String toString() {
    return "DerivedKeys[redacted]";
  }
}
