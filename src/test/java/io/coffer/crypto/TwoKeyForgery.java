package io.coffer.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * Crafts two blocks of ciphertext and one tag that AES-GCM accepts under two keys: GHASH is linear,
 * so one free block suffices to make both tags equal (Dodis, Grubbs, Ristenpart, Woodage: "Fast
 * Message Franking", 2018).
 */
final class TwoKeyForgery {

  /** x^128 + x^7 + x^2 + x + 1, most significant coefficient first. */
  private static final BigInteger MODULUS =
      BigInteger.ONE.shiftLeft(128).or(BigInteger.valueOf(0b1000_0111));

  private static final int BLOCK = 16;

  private final Side one;
  private final Side other;
  private final byte[] additionalData;

  TwoKeyForgery(WipingKey one, WipingKey other, byte[] nonce, byte[] additionalData)
      throws Exception {
    this.one = Side.of(one, nonce);
    this.other = Side.of(other, nonce);
    this.additionalData = additionalData;
  }

  /** The ciphertext, whose second block is solved for, and the tag that fits under both keys. */
  byte[] ciphertextAndTag() {
    byte[] ciphertext = new byte[2 * BLOCK];
    Arrays.fill(ciphertext, 0, BLOCK, (byte) 0x41);
    BigInteger difference =
        one.tag(additionalData, ciphertext).xor(other.tag(additionalData, ciphertext));
    // The second block is followed by the length block: it is multiplied by the hash key squared.
    BigInteger factor =
        multiply(one.hashKey, one.hashKey).xor(multiply(other.hashKey, other.hashKey));
    BigInteger free = multiply(difference, inverse(factor));
    System.arraycopy(bytes(free), 0, ciphertext, BLOCK, BLOCK);
    return ByteBuffer.allocate(3 * BLOCK)
        .put(ciphertext)
        .put(bytes(one.tag(additionalData, ciphertext)))
        .array();
  }

  /** GHASH key and tag mask of one key. */
  private record Side(BigInteger hashKey, BigInteger mask) {

    static Side of(WipingKey key, byte[] nonce) throws Exception {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, key);
      byte[] counter = Arrays.copyOf(nonce, BLOCK);
      counter[BLOCK - 1] = 1;
      return new Side(element(aes.doFinal(new byte[BLOCK])), element(aes.doFinal(counter)));
    }

    BigInteger tag(byte[] additionalData, byte[] ciphertext) {
      byte[] lengths =
          ByteBuffer.allocate(BLOCK)
              .putLong(additionalData.length * 8L)
              .putLong(ciphertext.length * 8L)
              .array();
      BigInteger hash = absorb(absorb(BigInteger.ZERO, additionalData), ciphertext);
      return absorb(hash, lengths).xor(mask);
    }

    private BigInteger absorb(BigInteger hash, byte[] data) {
      BigInteger sum = hash;
      for (int at = 0; at < data.length; at += BLOCK) {
        byte[] block =
            Arrays.copyOf(Arrays.copyOfRange(data, at, Math.min(at + BLOCK, data.length)), BLOCK);
        sum = multiply(sum.xor(element(block)), hashKey);
      }
      return sum;
    }
  }

  /** GCM writes polynomials with the lowest coefficient in the highest bit of the first byte. */
  private static BigInteger element(byte[] block) {
    BigInteger polynomial = BigInteger.ZERO;
    for (int i = 0; i < 128; i++) {
      if ((block[i / 8] >> (7 - i % 8) & 1) == 1) {
        polynomial = polynomial.setBit(i);
      }
    }
    return polynomial;
  }

  private static byte[] bytes(BigInteger polynomial) {
    byte[] block = new byte[BLOCK];
    for (int i = 0; i < 128; i++) {
      if (polynomial.testBit(i)) {
        block[i / 8] |= (byte) (1 << (7 - i % 8));
      }
    }
    return block;
  }

  private static BigInteger multiply(BigInteger a, BigInteger b) {
    BigInteger product = BigInteger.ZERO;
    for (int i = 0; i < b.bitLength(); i++) {
      if (b.testBit(i)) {
        product = product.xor(a.shiftLeft(i));
      }
    }
    for (int i = product.bitLength() - 1; i >= 128; i--) {
      if (product.testBit(i)) {
        product = product.xor(MODULUS.shiftLeft(i - 128));
      }
    }
    return product;
  }

  /** By Fermat: the field has 2^128 elements. */
  private static BigInteger inverse(BigInteger element) {
    BigInteger result = BigInteger.ONE;
    BigInteger square = element;
    for (int i = 1; i < 128; i++) {
      square = multiply(square, square);
      result = multiply(result, square);
    }
    return result;
  }
}
