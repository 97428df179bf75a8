package io.coffer.type.key;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key in OpenSSH's own form, {@code openssh-key-v1} (OpenSSH's PROTOCOL.key).
 *
 * @param type the algorithm, which the public half in front tells
 * @param publicKey the public half
 * @param encryption how the private half is encrypted; null if it is not
 * @param privateKey the private half, encrypted or not
 */
record OpenSshKey(
    KeyType type, byte[] publicKey, @Nullable OpenSshEncryption encryption, byte[] privateKey)
    implements PrivateKeyBlock {

  private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);

  static OpenSshKey read(byte[] content) {
    try {
      ByteBuffer in = ByteBuffer.wrap(content);
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      if (!Arrays.equals(magic, MAGIC)) {
        throw KeyMaterial.noKey();
      }
      String cipher = text(string(in));
      String derivation = text(string(in));
      byte[] options = string(in);
      if (in.getInt() != 1) {
        throw new KeyRefusal("must hold exactly one private key");
      }
      byte[] publicKey = string(in);
      byte[] privateKey = string(in);
      byte[] tag = new byte[in.remaining()];
      in.get(tag);
      OpenSshEncryption encryption = OpenSshEncryption.of(cipher, derivation, options, tag);
      OpenSshKey key = new OpenSshKey(type(publicKey), publicKey, encryption, privateKey);
      if (encryption == null && !key.isWhole(privateKey)) {
        throw KeyMaterial.noKey();
      }
      return key;
    } catch (BufferUnderflowException cut) {
      throw KeyMaterial.noKey();
    }
  }

  @Override
  public KeyInfo info() {
    return new KeyInfo(type, encryption != null, true);
  }

  @Override
  public boolean opens(byte[] passphrase) {
    if (encryption == null) {
      return false;
    }
    try {
      byte[] plain = encryption.decrypt(privateKey, passphrase);
      return PrivateKeyBlock.wiping(plain, isWhole(plain));
    } catch (PasswordEncryption.WrongPassphrase wrong) {
      return false;
    }
  }

  /** The two check numbers agree, and the numbers of the key make the public half in front. */
  private boolean isWhole(byte[] plain) {
    try {
      ByteBuffer in = ByteBuffer.wrap(plain);
      int check = in.getInt();
      String name = name(publicKey);
      return in.getInt() == check
          && text(string(in)).equals(name)
          && OpenSshNumbers.make(type, name, publicKey, in)
          && in.remaining() > 0;
    } catch (BufferUnderflowException | KeyRefusal broken) {
      return false;
    }
  }

  private static KeyType type(byte[] publicKey) {
    return switch (name(publicKey)) {
      case "ssh-rsa" -> KeyType.RSA;
      case "ssh-dss" -> KeyType.DSA;
      case "ssh-ed25519" -> KeyType.ED25519;
      case "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> KeyType.EC;
      case "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com" ->
          KeyType.SECURITY_KEY;
      default -> throw new KeyRefusal("must be an SSH key of RSA, DSA, ECDSA or Ed25519");
    };
  }

  /** The algorithm with its size, as far as the public half has one; only numbers are taken. */
  String publicName() {
    return switch (type) {
      case RSA -> "RSA " + modulusBits();
      case EC -> "EC " + name(publicKey).replaceAll("[^0-9]", "").substring(1);
      case ED25519 -> "Ed25519";
      case SECURITY_KEY -> "security key";
      default -> type.name();
    };
  }

  private int modulusBits() {
    try {
      ByteBuffer in = ByteBuffer.wrap(publicKey);
      skip(in);
      skip(in);
      byte[] modulus = string(in);
      return modulus.length == 0 ? 0 : new BigInteger(modulus).bitLength();
    } catch (BufferUnderflowException cut) {
      // Beside an encrypted private half the public one was not looked into.
      return 0;
    }
  }

  private static void skip(ByteBuffer in) {
    var unused = string(in);
  }

  private static String name(byte[] publicKey) {
    return text(string(ByteBuffer.wrap(publicKey)));
  }

  /** A string of RFC 4251: its length, then its bytes; the length is checked before it is used. */
  static byte[] string(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "OpenSshKey[redacted]";
  }
}
