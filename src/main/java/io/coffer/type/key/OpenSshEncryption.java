package io.coffer.type.key;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.sshd.common.config.keys.loader.openssh.kdf.BCrypt;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.StreamCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.CBCModeCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/**
 * AES under a key from {@code bcrypt_pbkdf}, as OpenSSH encrypts the private half of a key.
 *
 * @param mode what follows the key length in the cipher's name
 * @param keyLength in bytes
 * @param salt of the derivation
 * @param rounds of the derivation
 * @param tag of the modes that have one
 */
record OpenSshEncryption(Mode mode, int keyLength, byte[] salt, int rounds, byte[] tag)
    implements PasswordEncryption {

  private static final int BLOCK = 16;
  private static final int TAG = 16;

  enum Mode {
    CTR(16),
    CBC(16),
    GCM(12);

    private final int ivLength;

    Mode(int ivLength) {
      this.ivLength = ivLength;
    }
  }

  /** The encryption that the head of a key names; null for none. */
  static @Nullable OpenSshEncryption of(
      String cipher, String derivation, byte[] options, byte[] tag) {
    if (cipher.equals("none") && derivation.equals("none") && tag.length == 0) {
      return null;
    }
    if (!derivation.equals("bcrypt")) {
      throw new KeyRefusal("must be encrypted under bcrypt, as OpenSSH does");
    }
    ByteBuffer in = ByteBuffer.wrap(options);
    byte[] salt = OpenSshKey.string(in);
    BigInteger rounds = BigInteger.valueOf(Integer.toUnsignedLong(in.getInt()));
    Mode mode = mode(cipher);
    if (salt.length == 0
        || salt.length > KeyLimits.MAX_SALT
        || tag.length != (mode == Mode.GCM ? TAG : 0)) {
      throw KeyMaterial.noKey();
    }
    int within = KeyLimits.within(rounds, KeyLimits.MAX_BCRYPT_ROUNDS);
    return new OpenSshEncryption(mode, keyLength(cipher), salt, within, tag);
  }

  private static Mode mode(String cipher) {
    return switch (cipher) {
      case "aes128-ctr", "aes192-ctr", "aes256-ctr" -> Mode.CTR;
      case "aes128-cbc", "aes192-cbc", "aes256-cbc" -> Mode.CBC;
      case "aes128-gcm@openssh.com", "aes256-gcm@openssh.com" -> Mode.GCM;
      default -> throw new KeyRefusal("must be encrypted with AES, as OpenSSH does");
    };
  }

  private static int keyLength(String cipher) {
    return Integer.parseInt(cipher, 3, 6, 10) / 8;
  }

  @Override
  public byte[] decrypt(byte[] encrypted, byte[] passphrase) throws WrongPassphrase {
    if (passphrase.length == 0 || encrypted.length == 0 || encrypted.length % BLOCK != 0) {
      throw new WrongPassphrase();
    }
    byte[] derived = new byte[keyLength + mode.ivLength];
    new BCrypt().pbkdf(passphrase, salt, rounds, derived);
    KeyParameter key = new KeyParameter(derived, 0, keyLength);
    byte[] iv = Arrays.copyOfRange(derived, keyLength, derived.length);
    Arrays.fill(derived, (byte) 0);
    return switch (mode) {
      case CTR -> ctr(encrypted, key, iv);
      case CBC -> cbc(encrypted, key, iv);
      case GCM -> gcm(encrypted, key, iv);
    };
  }

  private static byte[] ctr(byte[] encrypted, KeyParameter key, byte[] iv) {
    StreamCipher cipher = (StreamCipher) SICBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(false, new ParametersWithIV(key, iv));
    byte[] plain = new byte[encrypted.length];
    int written = cipher.processBytes(encrypted, 0, encrypted.length, plain, 0);
    return Arrays.copyOf(plain, written);
  }

  private static byte[] cbc(byte[] encrypted, KeyParameter key, byte[] iv) {
    CBCModeCipher cipher = CBCBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(false, new ParametersWithIV(key, iv));
    byte[] plain = new byte[encrypted.length];
    int at = 0;
    while (at < encrypted.length) {
      at += cipher.processBlock(encrypted, at, plain, at);
    }
    return plain;
  }

  private byte[] gcm(byte[] encrypted, KeyParameter key, byte[] iv) throws WrongPassphrase {
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(false, new AEADParameters(key, TAG * 8, iv));
    byte[] plain = new byte[cipher.getOutputSize(encrypted.length + TAG)];
    try {
      int written = cipher.processBytes(encrypted, 0, encrypted.length, plain, 0);
      written += cipher.processBytes(tag, 0, TAG, plain, written);
      written += cipher.doFinal(plain, written);
      return Arrays.copyOf(plain, written);
    } catch (CryptoException wrong) {
      throw new WrongPassphrase();
    }
  }
}
