package io.coffer.type.key;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;

/** OpenSSL's old way, with the cipher in headers of RFC 1421: {@code DEK-Info: AES-128-CBC,…}. */
record TraditionalEncryptedKey(String label, String cipher, byte[] iv, byte[] encrypted)
    implements PrivateKeyBlock {

  private static final int MAX_CIPHER_NAME = 32;
  private static final int MAX_IV = 16;

  static TraditionalEncryptedKey read(PemBlock block) {
    String dek = block.headers().getOrDefault("DEK-Info", "");
    int comma = dek.indexOf(',');
    if (!"4,ENCRYPTED".equals(block.headers().get("Proc-Type"))
        || comma <= 0
        || comma > MAX_CIPHER_NAME
        || dek.length() - comma - 1 > 2 * MAX_IV) {
      throw new KeyRefusal("must say in its headers how it is encrypted (Proc-Type, DEK-Info)");
    }
    try {
      byte[] iv = HexFormat.of().parseHex(dek, comma + 1, dek.length());
      return new TraditionalEncryptedKey(
          block.label(), dek.substring(0, comma), iv, block.content().clone());
    } catch (IllegalArgumentException notHex) {
      throw new KeyRefusal("must say in its headers how it is encrypted (Proc-Type, DEK-Info)");
    }
  }

  @Override
  public KeyInfo info() {
    KeyType type =
        switch (label) {
          case "RSA PRIVATE KEY" -> KeyType.RSA;
          case "EC PRIVATE KEY" -> KeyType.EC;
          default -> KeyType.DSA;
        };
    return new KeyInfo(type, true, false);
  }

  @Override
  public boolean opens(byte[] passphrase) {
    // The library takes the low byte of each character; OpenSSL takes the bytes as they come.
    char[] bytes = new String(passphrase, StandardCharsets.ISO_8859_1).toCharArray();
    try {
      byte[] der = new BcPEMDecryptorProvider(bytes).get(cipher).decrypt(encrypted, iv);
      return PrivateKeyBlock.wiping(der, isKey(der));
    } catch (PEMException | RuntimeException wrong) {
      return false;
    }
  }

  private boolean isKey(byte[] der) {
    try {
      return KeyMaterial.traditional(label, der) == info().type();
    } catch (KeyRefusal wrong) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "TraditionalEncryptedKey[redacted]";
  }
}
