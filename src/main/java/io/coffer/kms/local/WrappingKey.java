package io.coffer.kms.local;

import io.coffer.secret.SecretValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One AES-256 key of a file. A blob is {@code version (1) ‖ fingerprint (8) ‖ nonce (12) ‖
 * ciphertext ‖ tag (16)} under AES-GCM; version, fingerprint and the context are authenticated.
 */
final class WrappingKey {

  private static final byte VERSION = 1;
  private static final int FINGERPRINT = 8;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER = 1 + FINGERPRINT;
  private static final int SHORTEST = HEADER + NONCE + TAG_BITS / 8;

  private final SecretValue key;
  private final byte[] header;

  /**
   * @param key 32 bytes, owned by this from now on
   */
  WrappingKey(SecretValue key) {
    this.key = key;
    this.header = header(key);
  }

  byte[] wrap(SecretValue bytes, SortedMap<String, String> context, SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] clear = bytes.revealBytes();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(clear);
      return ByteBuffer.allocate(HEADER + NONCE + sealed.length)
          .put(header)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot be had", e);
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Whether the blob says that this key made it. */
  boolean made(byte[] blob) {
    return blob.length >= SHORTEST && Arrays.equals(blob, 0, HEADER, header, 0, HEADER);
  }

  /** Empty if the blob is damaged or of another context. */
  Optional<SecretValue> unwrap(byte[] blob, SortedMap<String, String> context) {
    byte[] nonce = Arrays.copyOfRange(blob, HEADER, HEADER + NONCE);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, context);
      int start = HEADER + NONCE;
      return Optional.of(
          SecretValue.takeOwnershipOf(cipher.doFinal(blob, start, blob.length - start)));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot be had", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, SortedMap<String, String> context)
      throws GeneralSecurityException {
    byte[] bytes = key.revealBytes();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(header);
      cipher.updateAAD(canonical(context));
      return cipher;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static byte[] canonical(SortedMap<String, String> context) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    context.forEach(
        (name, value) -> {
          put(out, name);
          put(out, value);
        });
    return out.toByteArray();
  }

  private static void put(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }

  private static byte[] header(SecretValue key) {
    byte[] bytes = key.revealBytes();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("coffer local key fingerprint".getBytes(StandardCharsets.US_ASCII));
      byte[] fingerprint = digest.digest(bytes);
      return ByteBuffer.allocate(HEADER).put(VERSION).put(fingerprint, 0, FINGERPRINT).array();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 cannot be had", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
