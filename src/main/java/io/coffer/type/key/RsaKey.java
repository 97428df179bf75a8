package io.coffer.type.key;

import io.coffer.secret.SecretValue;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;

/** An RSA key that signs. Opening and signing compute: never on an event loop. */
public final class RsaKey {

  private final RSAPrivateCrtKey key;

  private RsaKey(RSAPrivateCrtKey key) {
    this.key = key;
  }

  /**
   * Opens a key: PKCS#8, encrypted or not, or the unencrypted form that came before it.
   *
   * @param passphrase stays the caller's; null for none
   * @throws KeyRefusal if there is no such key, or the passphrase is another one's
   */
  public static RsaKey open(String pem, @Nullable SecretValue passphrase) {
    List<PemBlock> blocks = PemBlock.readAll(pem);
    byte[] der = new byte[0];
    try {
      List<PemBlock> keys = blocks.stream().filter(PemBlock::isPrivateKey).toList();
      if (keys.size() != 1) {
        throw new KeyRefusal("must hold exactly one private key");
      }
      der = pkcs8(keys.getFirst(), passphrase);
      PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
      if (key instanceof RSAPrivateCrtKey rsa) {
        return new RsaKey(rsa);
      }
      throw new KeyRefusal("must be an RSA key with its primes");
    } catch (GeneralSecurityException | IOException notAKey) {
      throw new KeyRefusal("must be an RSA key that is whole");
    } finally {
      Arrays.fill(der, (byte) 0);
      blocks.forEach(PemBlock::wipe);
    }
  }

  /** The key in PKCS#8, checked against the limits before anything is done with it. */
  private static byte[] pkcs8(PemBlock block, @Nullable SecretValue passphrase) throws IOException {
    if (!block.headers().isEmpty()) {
      throw new KeyRefusal("must be in PKCS#8 where it is encrypted");
    }
    byte[] der =
        switch (block.label()) {
          case "PRIVATE KEY" -> block.content().clone();
          case "RSA PRIVATE KEY" ->
              new PrivateKeyInfo(
                      new AlgorithmIdentifier(
                          PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                      Der.read(block.content()))
                  .getEncoded();
          case "ENCRYPTED PRIVATE KEY" -> decrypted(block.content(), passphrase);
          default -> throw new KeyRefusal("must be an RSA key in PEM");
        };
    if (KeyMaterial.pkcs8(der) != KeyType.RSA) {
      throw new KeyRefusal("must be an RSA key");
    }
    return der;
  }

  private static byte[] decrypted(byte[] content, @Nullable SecretValue passphrase) {
    byte[] words = passphrase == null ? new byte[0] : passphrase.revealBytes();
    try {
      EncryptedPkcs8Key wrapped = EncryptedPkcs8Key.read(content);
      return wrapped.scheme().decrypt(wrapped.encrypted(), words);
    } catch (PasswordEncryption.WrongPassphrase wrong) {
      throw new KeyRefusal("does not open with the passphrase");
    } finally {
      Arrays.fill(words, (byte) 0);
    }
  }

  /** A signature by RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, section 8.2). */
  public byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      // Without the cause, which may tell of the key.
      throw new KeyRefusal("must be an RSA key that signs");
    }
  }

  /** The public half as X.509 holds it (RFC 5280, SubjectPublicKeyInfo), in DER. */
  public byte[] publicKey() {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new KeyRefusal("must be an RSA key that is whole");
    }
  }

  @Override
  public String toString() {
    return "RsaKey[redacted]";
  }
}
