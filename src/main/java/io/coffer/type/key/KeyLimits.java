package io.coffer.type.key;

import java.math.BigInteger;

/**
 * How much work a key may ask for before it is opened. The numbers stand in the key itself, so that
 * whoever sends one would else choose how long we compute.
 */
final class KeyLimits {

  /** PBKDF2 and older kinds; OpenSSL writes 2,048. About a second. */
  static final int MAX_ITERATIONS = 1_000_000;

  /** OpenSSH writes 16 or 24, careful people 100; one takes about 5 ms. */
  static final int MAX_BCRYPT_ROUNDS = 128;

  /** scrypt's N·r·p, and N·r·128 bytes of memory: 64 MiB. */
  static final int MAX_SCRYPT_WORK = 1 << 19;

  static final int MIN_RSA_BITS = 1024;
  static final int MAX_RSA_BITS = 16_384;
  static final int MAX_SALT = 1024;

  private KeyLimits() {}

  /**
   * The number, if it is from 1 to the limit.
   *
   * @throws KeyRefusal else
   */
  static int within(BigInteger value, int limit) {
    if (value.signum() <= 0 || value.compareTo(BigInteger.valueOf(limit)) > 0) {
      throw new KeyRefusal("must not ask for more work than allowed before it opens");
    }
    return value.intValue();
  }
}
