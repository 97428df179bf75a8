package io.coffer.type.key;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.InputDecryptorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEInputDecryptorProviderBuilder;

/** The password scheme of PKCS#12 (RFC 7292, appendix B and C). */
record Pkcs12Encryption(AlgorithmIdentifier algorithm) implements PasswordEncryption {

  static Pkcs12Encryption of(AlgorithmIdentifier algorithm) {
    PKCS12PBEParams parameters = PKCS12PBEParams.getInstance(algorithm.getParameters());
    int iterations = KeyLimits.within(parameters.getIterations(), KeyLimits.MAX_ITERATIONS);
    if (iterations < 1 || parameters.getIV().length > KeyLimits.MAX_SALT) {
      throw new KeyRefusal("must be an encrypted PKCS#8 key that is whole");
    }
    return new Pkcs12Encryption(algorithm);
  }

  @Override
  public byte[] decrypt(byte[] encrypted, byte[] passphrase) throws WrongPassphrase {
    char[] text = new String(passphrase, StandardCharsets.UTF_8).toCharArray();
    InputDecryptorProvider provider = new BcPKCS12PBEInputDecryptorProviderBuilder().build(text);
    try (InputStream plain =
        provider.get(algorithm).getInputStream(new ByteArrayInputStream(encrypted))) {
      return plain.readAllBytes();
    } catch (IOException | OperatorCreationException | RuntimeException wrong) {
      throw new WrongPassphrase();
    }
  }
}
