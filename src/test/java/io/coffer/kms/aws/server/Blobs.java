package io.coffer.kms.aws.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** The opaque blobs: version, material id, nonce, ciphertext and tag under AES-GCM. */
final class Blobs {

  private static final byte VERSION = 1;
  private static final int HEADER = 33;
  private static final int NONCE = 12;
  private static final int SHORTEST = HEADER + NONCE + 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Blobs() {}

  static byte[] seal(KeyMaterial material, byte[] plaintext, SortedMap<String, String> context) {
    byte[] header = header(material);
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, material, header, nonce, context).doFinal(plaintext);
      return ByteBuffer.allocate(HEADER + NONCE + sealed.length)
          .put(header)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The material that a blob names. */
  static String materialId(byte[] blob) {
    if (blob.length < SHORTEST || blob[0] != VERSION) {
      throw damaged();
    }
    return HexFormat.of().formatHex(blob, 1, HEADER);
  }

  static byte[] open(KeyMaterial material, byte[] blob, SortedMap<String, String> context) {
    byte[] nonce = Arrays.copyOfRange(blob, HEADER, HEADER + NONCE);
    try {
      int start = HEADER + NONCE;
      return cipher(Cipher.DECRYPT_MODE, material, header(material), nonce, context)
          .doFinal(blob, start, blob.length - start);
    } catch (AEADBadTagException e) {
      throw damaged();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static ServerFailure damaged() {
    return new ServerFailure("InvalidCiphertextException", "");
  }

  private static byte[] header(KeyMaterial material) {
    return ByteBuffer.allocate(HEADER)
        .put(VERSION)
        .put(HexFormat.of().parseHex(material.id()))
        .array();
  }

  private static Cipher cipher(
      int mode,
      KeyMaterial material,
      byte[] header,
      byte[] nonce,
      SortedMap<String, String> context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, material.key(), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(header);
    ByteArrayOutputStream canonical = new ByteArrayOutputStream();
    context.forEach(
        (name, value) -> {
          put(canonical, name);
          put(canonical, value);
        });
    cipher.updateAAD(canonical.toByteArray());
    return cipher;
  }

  private static void put(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    out.writeBytes(bytes);
  }
}
