package io.coffer.type.key;

import java.math.BigInteger;
import java.util.Map;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;

/** Makes a key from a password, at a cost found to be within the limits. */
interface KeyDerivation {

  /**
   * Makes a key.
   *
   * @param passphrase UTF-8
   * @param length in bytes
   * @return the caller's to wipe
   */
  byte[] derive(byte[] passphrase, int length);

  /**
   * The function that an algorithm identifier names.
   *
   * @throws KeyRefusal if it is neither PBKDF2 nor scrypt, or asks for too much work
   */
  static KeyDerivation of(AlgorithmIdentifier algorithm) {
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      return Pbkdf2.of(PBKDF2Params.getInstance(algorithm.getParameters()));
    }
    if (algorithm.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
      return Scrypt.of(ASN1Sequence.getInstance(algorithm.getParameters()));
    }
    throw new KeyRefusal("must be encrypted under PBKDF2 or scrypt");
  }

  private static byte[] salt(byte[] salt) {
    if (salt.length > KeyLimits.MAX_SALT) {
      throw new KeyRefusal("must not ask for more work than allowed before it opens");
    }
    return salt;
  }

  /** RFC 8018 section 5.2. */
  record Pbkdf2(Supplier<Digest> digest, byte[] salt, int iterations) implements KeyDerivation {

    // A digest has state: each use makes its own.
    private static final Map<ASN1ObjectIdentifier, Supplier<Digest>> DIGESTS =
        Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, SHA1Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA224, SHA224Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA256, SHA256Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA384, SHA384Digest::new,
            PKCSObjectIdentifiers.id_hmacWithSHA512, SHA512Digest::new);

    static Pbkdf2 of(PBKDF2Params parameters) {
      Supplier<Digest> digest = DIGESTS.get(parameters.getPrf().getAlgorithm());
      if (digest == null) {
        throw new KeyRefusal("must be encrypted under PBKDF2 with SHA-1 or SHA-2");
      }
      int iterations = KeyLimits.within(parameters.getIterationCount(), KeyLimits.MAX_ITERATIONS);
      return new Pbkdf2(digest, KeyDerivation.salt(parameters.getSalt()), iterations);
    }

    @Override
    public byte[] derive(byte[] passphrase, int length) {
      PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(digest.get());
      generator.init(passphrase, salt, iterations);
      return ((KeyParameter) generator.generateDerivedMacParameters(length * 8)).getKey();
    }
  }

  /** RFC 7914. */
  record Scrypt(byte[] salt, int cost, int blockSize, int parallel) implements KeyDerivation {

    static Scrypt of(ASN1Sequence parameters) {
      int cost = number(parameters, 1);
      int blockSize = number(parameters, 2);
      int parallel = number(parameters, 3);
      long work = (long) cost * blockSize * parallel;
      if (Integer.bitCount(cost) != 1 || cost < 2 || work > KeyLimits.MAX_SCRYPT_WORK) {
        throw new KeyRefusal("must not ask for more work than allowed before it opens");
      }
      byte[] salt = ASN1OctetString.getInstance(parameters.getObjectAt(0)).getOctets();
      return new Scrypt(KeyDerivation.salt(salt), cost, blockSize, parallel);
    }

    private static int number(ASN1Sequence parameters, int index) {
      BigInteger value = ASN1Integer.getInstance(parameters.getObjectAt(index)).getValue();
      return KeyLimits.within(value, KeyLimits.MAX_SCRYPT_WORK);
    }

    @Override
    public byte[] derive(byte[] passphrase, int length) {
      return SCrypt.generate(passphrase, salt, cost, blockSize, parallel, length);
    }
  }
}
