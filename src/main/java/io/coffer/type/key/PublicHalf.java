package io.coffer.type.key;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/**
 * The public half of a private key that is not encrypted, derived from the private one.
 *
 * @param name the algorithm with its size or curve, such as {@code RSA 2048}
 * @param spki as X.509 holds it (RFC 5280, SubjectPublicKeyInfo)
 * @param ssh as SSH sends it (RFC 4253 section 6.6); null if SSH has no such key
 */
record PublicHalf(String name, byte[] spki, byte @Nullable [] ssh) {

  /** The curves that SSH knows (RFC 5656), and what it calls them. */
  private static final Map<ASN1ObjectIdentifier, String> CURVES =
      Map.of(
          SECObjectIdentifiers.secp256r1, "nistp256",
          SECObjectIdentifiers.secp384r1, "nistp384",
          SECObjectIdentifiers.secp521r1, "nistp521");

  /**
   * The curves whose points are made in well under a millisecond, so that an event loop may do it;
   * on others a key as anybody can send one would hold it up.
   */
  private static final Set<ASN1ObjectIdentifier> QUICK =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1,
          SECObjectIdentifiers.secp256k1);

  /**
   * The public half of a key that {@link PrivateKeyBlock#of} took; empty if it is not derivable, or
   * not soon.
   */
  static Optional<PublicHalf> of(PemBlock block) {
    try {
      ASN1Primitive content = Der.read(block.content());
      return switch (block.label()) {
        case "RSA PRIVATE KEY" -> rsa(content);
        case "EC PRIVATE KEY" -> ec(content, null);
        case "PRIVATE KEY" -> pkcs8(PrivateKeyInfo.getInstance(content));
        default -> Optional.empty();
      };
    } catch (IOException | RuntimeException notDerivable) {
      // Its message may quote what was read.
      return Optional.empty();
    }
  }

  private static Optional<PublicHalf> pkcs8(PrivateKeyInfo info) throws IOException {
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return rsa(Der.read(info.getPrivateKey().getOctets()));
    }
    if (algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return ec(Der.read(info.getPrivateKey().getOctets()), algorithm.getParameters());
    }
    return algorithm.getAlgorithm().equals(EdECObjectIdentifiers.id_Ed25519)
        ? ed25519(
            ASN1OctetString.getInstance(Der.read(info.getPrivateKey().getOctets())).getOctets())
        : Optional.empty();
  }

  private static Optional<PublicHalf> rsa(ASN1Encodable content) throws IOException {
    RSAPrivateKey key = RSAPrivateKey.getInstance(content);
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    RSAPublicKey half = new RSAPublicKey(key.getModulus(), key.getPublicExponent());
    return Optional.of(
        new PublicHalf(
            "RSA " + key.getModulus().bitLength(),
            new SubjectPublicKeyInfo(algorithm, half).getEncoded(),
            ssh("ssh-rsa", key.getPublicExponent().toByteArray(), key.getModulus().toByteArray())));
  }

  /** The point is made anew: the one that the key may carry need not be its own. */
  private static Optional<PublicHalf> ec(ASN1Encodable content, @Nullable ASN1Encodable outer)
      throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(content);
    ASN1ObjectIdentifier curve =
        ASN1ObjectIdentifier.getInstance(outer == null ? key.getParametersObject() : outer);
    if (!QUICK.contains(curve)) {
      return Optional.empty();
    }
    X9ECParameters parameters = CustomNamedCurves.getByOID(curve);
    byte[] point = point(parameters, key.getKey());
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve);
    String name = CURVES.get(curve);
    return Optional.of(
        new PublicHalf(
            "EC " + parameters.getN().bitLength(),
            new SubjectPublicKeyInfo(algorithm, point).getEncoded(),
            name == null
                ? null
                : ssh("ecdsa-sha2-" + name, name.getBytes(StandardCharsets.US_ASCII), point)));
  }

  /**
   * The point of a private number, uncompressed.
   *
   * @param curve as SSH calls it
   * @return empty if there is no such curve, or the number is none of it
   */
  static Optional<byte[]> point(String curve, BigInteger number) {
    return CURVES.entrySet().stream()
        .filter(entry -> entry.getValue().equals(curve))
        .findFirst()
        .map(entry -> CustomNamedCurves.getByOID(entry.getKey()))
        .filter(it -> number.signum() > 0 && number.compareTo(it.getN()) < 0)
        .map(it -> point(it, number));
  }

  private static byte[] point(X9ECParameters curve, BigInteger number) {
    return new FixedPointCombMultiplier()
        .multiply(curve.getG(), number)
        .normalize()
        .getEncoded(false);
  }

  private static Optional<PublicHalf> ed25519(byte[] seed) throws IOException {
    byte[] half = new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
    AlgorithmIdentifier algorithm = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    return Optional.of(
        new PublicHalf(
            "Ed25519",
            new SubjectPublicKeyInfo(algorithm, half).getEncoded(),
            ssh("ssh-ed25519", half)));
  }

  private static byte[] ssh(String name, byte[]... fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(name.length());
      out.writeBytes(name);
      for (byte[] field : fields) {
        out.writeInt(field.length);
        out.write(field);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public String toString() {
    return "PublicHalf[" + name + ']';
  }
}
