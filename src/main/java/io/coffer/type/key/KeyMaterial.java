package io.coffer.type.key;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/** The numbers of private keys, in DER; checked as far as costs next to nothing. */
final class KeyMaterial {

  private static final Map<ASN1ObjectIdentifier, KeyType> EDWARDS =
      Map.of(
          EdECObjectIdentifiers.id_Ed25519, KeyType.ED25519,
          EdECObjectIdentifiers.id_Ed448, KeyType.ED448,
          EdECObjectIdentifiers.id_X25519, KeyType.X25519,
          EdECObjectIdentifiers.id_X448, KeyType.X448);
  private static final Map<KeyType, Integer> EDWARDS_LENGTH =
      Map.of(KeyType.ED25519, 32, KeyType.ED448, 57, KeyType.X25519, 32, KeyType.X448, 56);
  private static final int DSA_NUMBERS = 6;

  private KeyMaterial() {}

  /**
   * Checks an unencrypted PKCS#8 key (RFC 5958).
   *
   * @throws KeyRefusal if it is none
   */
  static KeyType pkcs8(byte[] der) {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(Der.read(der));
      ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
      ASN1Encodable parameters = info.getPrivateKeyAlgorithm().getParameters();
      if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
        return rsa(Der.read(info.getPrivateKey().getOctets()));
      }
      if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        return ec(Der.read(info.getPrivateKey().getOctets()), parameters);
      }
      if (algorithm.equals(X9ObjectIdentifiers.id_dsa)) {
        return dsa(ASN1Integer.getInstance(Der.read(info.getPrivateKey().getOctets())));
      }
      return edwards(
          EDWARDS.get(algorithm),
          ASN1OctetString.getInstance(Der.read(info.getPrivateKey().getOctets())));
    } catch (IOException | RuntimeException notAKey) {
      throw refusal(notAKey);
    }
  }

  /**
   * Checks an unencrypted key in one of the forms that came before PKCS#8 (RFC 8017, RFC 5915).
   *
   * @throws KeyRefusal if it is none
   */
  static KeyType traditional(String label, byte[] der) {
    try {
      ASN1Primitive content = Der.read(der);
      return switch (label) {
        case "RSA PRIVATE KEY" -> rsa(content);
        case "EC PRIVATE KEY" -> ec(content, null);
        default -> {
          ASN1Sequence numbers = ASN1Sequence.getInstance(content);
          if (numbers.size() != DSA_NUMBERS) {
            throw noKey();
          }
          yield dsa(ASN1Integer.getInstance(numbers.getObjectAt(DSA_NUMBERS - 1)));
        }
      };
    } catch (IOException | RuntimeException notAKey) {
      throw refusal(notAKey);
    }
  }

  private static KeyType rsa(ASN1Encodable content) {
    RSAPrivateKey key = RSAPrivateKey.getInstance(content);
    checkRsa(key.getModulus(), List.of(key.getPrime1(), key.getPrime2()));
    return KeyType.RSA;
  }

  /** The product shows that nothing is cut or mixed up; primality would be far too much work. */
  static void checkRsa(BigInteger modulus, List<BigInteger> primes) {
    int bits = modulus.bitLength();
    if (bits < KeyLimits.MIN_RSA_BITS || bits > KeyLimits.MAX_RSA_BITS) {
      throw new KeyRefusal("must be an RSA key of 1024 to 16384 bits");
    }
    boolean sane = primes.stream().allMatch(p -> p.signum() > 0 && p.bitLength() <= bits);
    if (!sane || !primes.get(0).multiply(primes.get(1)).equals(modulus)) {
      throw noKey();
    }
  }

  private static KeyType ec(ASN1Encodable content, @Nullable ASN1Encodable outer) {
    ECPrivateKey key = ECPrivateKey.getInstance(content);
    ASN1Encodable parameters = outer == null ? key.getParametersObject() : outer;
    X9ECParameters curve =
        parameters instanceof ASN1ObjectIdentifier name ? ECNamedCurveTable.getByOID(name) : null;
    if (curve == null) {
      throw new KeyRefusal("must be an EC key on a named curve");
    }
    if (key.getKey().signum() <= 0 || key.getKey().compareTo(curve.getN()) >= 0) {
      throw noKey();
    }
    return KeyType.EC;
  }

  private static KeyType dsa(ASN1Integer secret) {
    if (secret.getValue().signum() <= 0) {
      throw noKey();
    }
    return KeyType.DSA;
  }

  private static KeyType edwards(@Nullable KeyType type, ASN1OctetString secret) {
    if (type == null) {
      throw new KeyRefusal("must be a key of RSA, EC, DSA, Ed25519, Ed448, X25519 or X448");
    }
    if (secret.getOctets().length != EDWARDS_LENGTH.getOrDefault(type, 0)) {
      throw noKey();
    }
    return type;
  }

  static KeyRefusal noKey() {
    return new KeyRefusal("must be a private key that is whole");
  }

  /** The readers of ASN.1 throw all manner of exceptions, whose messages quote what they read. */
  private static KeyRefusal refusal(Exception cause) {
    return cause instanceof KeyRefusal refusal ? refusal : noKey();
  }
}
