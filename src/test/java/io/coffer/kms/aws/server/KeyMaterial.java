package io.coffer.kms.aws.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * One generation of a key's bytes.
 *
 * @param id what blobs name it by, 64 hexadecimal digits
 */
record KeyMaterial(String id, SecretKey key) {

  private static final SecureRandom RANDOM = new SecureRandom();

  static KeyMaterial fresh() {
    byte[] id = new byte[32];
    byte[] key = new byte[32];
    RANDOM.nextBytes(id);
    RANDOM.nextBytes(key);
    return new KeyMaterial(HexFormat.of().formatHex(id), new SecretKeySpec(key, "AES"));
  }
}
