package io.coffer.crypto;

import io.coffer.secret.Binding;
import io.coffer.secret.SecretValue;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals values into the stored format and opens them: {@code version (1) ‖ data key id (16) ‖ salt
 * (32) ‖ commitment (32) ‖ nonce (12) ‖ ciphertext ‖ tag (16)}, AES-256-GCM (NIST SP 800-38D) under
 * a key that HKDF-SHA-256 derives for this value alone. Instances are stateless and may be shared
 * by threads.
 */
public final class Envelope {

  /** The format written now, and the only one so far. */
  static final int VERSION = 1;

  static final int KEY_ID_AT = 1;
  static final int SALT_AT = KEY_ID_AT + 16;
  static final int SALT_LENGTH = 32;
  static final int COMMITMENT_AT = SALT_AT + SALT_LENGTH;
  static final int NONCE_AT = COMMITMENT_AT + DerivedKeys.COMMITMENT_LENGTH;
  static final int NONCE_LENGTH = 12;
  static final int CIPHERTEXT_AT = NONCE_AT + NONCE_LENGTH;
  static final int TAG_LENGTH = 16;

  /** The longest plaintext in bytes, 1 MiB. */
  public static final int MAX_PLAINTEXT = 1 << 20;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Envelope RANDOMISED = new Envelope(RANDOM::nextBytes);

  private final Consumer<byte[]> random;

  /** Fills salt and nonce from the given source, which must never repeat outside of tests. */
  Envelope(Consumer<byte[]> random) {
    this.random = random;
  }

  /**
   * Seals the plaintext, which stays its owner's to close.
   *
   * @throws IllegalArgumentException if the plaintext is longer than {@link #MAX_PLAINTEXT}
   */
  public static byte[] seal(DataKey key, Binding binding, SecretValue plaintext) {
    return RANDOMISED.sealWith(key, binding, plaintext);
  }

  /**
   * Opens what was sealed under the same key for the same binding; the caller closes the result.
   *
   * @throws UnsealFailure saying which check refused it
   */
  public static SecretValue open(DataKey key, Binding binding, byte[] sealed) {
    UUID named = dataKeyId(sealed);
    if (!named.equals(key.id())) {
      throw new UnsealFailure.WrongDataKey(named, key.id());
    }
    BindingBytes bound = BindingBytes.of(VERSION, binding);
    byte[] salt = Arrays.copyOfRange(sealed, SALT_AT, COMMITMENT_AT);
    byte[] commitment = Arrays.copyOfRange(sealed, COMMITMENT_AT, NONCE_AT);
    try (DerivedKeys keys = DerivedKeys.derive(key, salt, bound)) {
      if (!MessageDigest.isEqual(keys.commitment(), commitment)) {
        throw new UnsealFailure.NotCommitted();
      }
      return SecretValue.takeOwnershipOf(decrypt(keys.encryption(), bound, sealed));
    }
  }

  /**
   * The id of the data key that a sealed value names.
   *
   * @throws UnsealFailure if length or version byte cannot be those of a sealed value
   */
  public static UUID dataKeyId(byte[] sealed) {
    if (sealed.length < CIPHERTEXT_AT + TAG_LENGTH
        || sealed.length > CIPHERTEXT_AT + MAX_PLAINTEXT + TAG_LENGTH) {
      throw new UnsealFailure.WrongLength(sealed.length);
    }
    if (sealed[0] != VERSION) {
      throw new UnsealFailure.UnknownFormat(Byte.toUnsignedInt(sealed[0]));
    }
    ByteBuffer header = ByteBuffer.wrap(sealed);
    return new UUID(header.getLong(KEY_ID_AT), header.getLong(KEY_ID_AT + Long.BYTES));
  }

  byte[] sealWith(DataKey key, Binding binding, SecretValue plaintext) {
    if (plaintext.length() > MAX_PLAINTEXT) {
      throw new IllegalArgumentException("a value has at most " + MAX_PLAINTEXT + " bytes");
    }
    byte[] salt = new byte[SALT_LENGTH];
    byte[] nonce = new byte[NONCE_LENGTH];
    random.accept(salt);
    random.accept(nonce);
    BindingBytes bound = BindingBytes.of(VERSION, binding);
    byte[] sealed = new byte[CIPHERTEXT_AT + plaintext.length() + TAG_LENGTH];
    try (DerivedKeys keys = DerivedKeys.derive(key, salt, bound)) {
      ByteBuffer.wrap(sealed)
          .put((byte) VERSION)
          .putLong(key.id().getMostSignificantBits())
          .putLong(key.id().getLeastSignificantBits())
          .put(salt)
          .put(keys.commitment())
          .put(nonce);
      encrypt(keys.encryption(), bound, plaintext, sealed);
    }
    return sealed;
  }

  private static void encrypt(
      WipingKey key, BindingBytes bound, SecretValue plaintext, byte[] sealed) {
    byte[] readable = plaintext.revealBytes();
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, bound, sealed);
      int written = cipher.doFinal(readable, 0, readable.length, sealed, CIPHERTEXT_AT);
      if (written != readable.length + TAG_LENGTH) {
        throw new IllegalStateException("AES-GCM wrote an unexpected number of bytes");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    } finally {
      Arrays.fill(readable, (byte) 0);
    }
  }

  private static byte[] decrypt(WipingKey key, BindingBytes bound, byte[] sealed) {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, bound, sealed)
          .doFinal(sealed, CIPHERTEXT_AT, sealed.length - CIPHERTEXT_AT);
    } catch (AEADBadTagException e) {
      throw new UnsealFailure.NotAuthentic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is not available", e);
    }
  }

  private static Cipher cipher(int mode, WipingKey key, BindingBytes bound, byte[] sealed)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, sealed, NONCE_AT, NONCE_LENGTH));
    cipher.updateAAD(bound.additionalData());
    return cipher;
  }
}
