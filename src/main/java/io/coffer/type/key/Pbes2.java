package io.coffer.type.key;

import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * PBES2 (RFC 8018): a key from a password, and a block cipher in CBC.
 *
 * @param derivation how the key is made
 * @param cipher the identifier of the block cipher
 * @param iv the cipher's initialisation vector
 */
record Pbes2(KeyDerivation derivation, ASN1ObjectIdentifier cipher, byte[] iv)
    implements PasswordEncryption {

  private static final Map<ASN1ObjectIdentifier, Integer> KEY_LENGTH =
      Map.of(
          NISTObjectIdentifiers.id_aes128_CBC, 16,
          NISTObjectIdentifiers.id_aes192_CBC, 24,
          NISTObjectIdentifiers.id_aes256_CBC, 32,
          PKCSObjectIdentifiers.des_EDE3_CBC, 24);

  static Pbes2 of(AlgorithmIdentifier algorithm) {
    PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
    ASN1ObjectIdentifier cipher = parameters.getEncryptionScheme().getAlgorithm();
    byte[] iv =
        ASN1OctetString.getInstance(parameters.getEncryptionScheme().getParameters()).getOctets();
    if (!KEY_LENGTH.containsKey(cipher) || iv.length != engine(cipher).getBlockSize()) {
      throw new KeyRefusal("must be encrypted with AES or triple DES in CBC");
    }
    return new Pbes2(
        KeyDerivation.of(
            AlgorithmIdentifier.getInstance(parameters.getKeyDerivationFunc().toASN1Primitive())),
        cipher,
        iv);
  }

  private static BlockCipher engine(ASN1ObjectIdentifier cipher) {
    return cipher.equals(PKCSObjectIdentifiers.des_EDE3_CBC)
        ? new DESedeEngine()
        : AESEngine.newInstance();
  }

  @Override
  public byte[] decrypt(byte[] encrypted, byte[] passphrase) throws WrongPassphrase {
    byte[] key = derivation.derive(passphrase, KEY_LENGTH.getOrDefault(cipher, 0));
    PaddedBufferedBlockCipher decryption =
        new PaddedBufferedBlockCipher(
            CBCBlockCipher.newInstance(engine(cipher)), new PKCS7Padding());
    decryption.init(false, new ParametersWithIV(new KeyParameter(key), iv));
    Arrays.fill(key, (byte) 0);
    byte[] plain = new byte[decryption.getOutputSize(encrypted.length)];
    try {
      int written = decryption.processBytes(encrypted, 0, encrypted.length, plain, 0);
      written += decryption.doFinal(plain, written);
      return Arrays.copyOf(plain, written);
    } catch (CryptoException | RuntimeException wrong) {
      throw new WrongPassphrase();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }
}
