package io.coffer.type.key;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * The numbers of a private key in OpenSSH's own form. The public half stands in front, in clear and
 * signed by nobody: whoever is shown its fingerprint relies on it being the private one's.
 */
final class OpenSshNumbers {

  private static final int ED25519_HALF = 32;

  /** Larger ones nobody makes, and they would take long to raise. */
  private static final int MAX_DSA_BITS = 2048;

  private static final int MAX_DSA_EXPONENT_BITS = 256;

  private OpenSshNumbers() {}

  /**
   * Whether the numbers are all there and make the public half.
   *
   * @param in stands behind the name of the algorithm
   * @throws java.nio.BufferUnderflowException if something is cut off
   * @throws KeyRefusal if the numbers are none of such a key
   */
  static boolean make(KeyType type, String name, byte[] publicKey, ByteBuffer in) {
    ByteBuffer half = ByteBuffer.wrap(publicKey);
    var unused = OpenSshKey.string(half);
    return switch (type) {
      case RSA -> rsa(in, half);
      case DSA -> dsa(in, half);
      case EC -> ec(name, in, half);
      case ED25519 -> ed25519(in, half);
      // The private half is in the device; what is here says which of its keys is meant.
      default -> same(in, half) && (!name.contains("ecdsa") || same(in, half)) && same(in, half);
    };
  }

  /** Of a security key by ECDSA the curve stands before the point; behind it the application. */
  private static boolean same(ByteBuffer in, ByteBuffer half) {
    return Arrays.equals(OpenSshKey.string(in), OpenSshKey.string(half));
  }

  /** The order is n, e, d, q^-1 mod p, p, q here, and e, n in the public half. */
  private static boolean rsa(ByteBuffer in, ByteBuffer half) {
    BigInteger[] numbers = numbers(in, 6);
    KeyMaterial.checkRsa(numbers[0], List.of(numbers[4], numbers[5]));
    BigInteger[] shown = numbers(half, 2);
    return shown[0].equals(numbers[1]) && shown[1].equals(numbers[0]);
  }

  /** The order is p, q, g, y, x. */
  private static boolean dsa(ByteBuffer in, ByteBuffer half) {
    BigInteger[] numbers = numbers(in, 5);
    BigInteger p = numbers[0];
    BigInteger x = numbers[4];
    boolean usual =
        p.signum() > 0
            && p.bitLength() <= MAX_DSA_BITS
            && x.signum() > 0
            && x.bitLength() <= MAX_DSA_EXPONENT_BITS;
    return usual
        && Arrays.equals(numbers(half, 4), Arrays.copyOf(numbers, 4))
        && numbers[2].modPow(x, p).equals(numbers[3]);
  }

  private static boolean ec(String name, ByteBuffer in, ByteBuffer half) {
    String curve = new String(OpenSshKey.string(in), StandardCharsets.US_ASCII);
    byte[] point = OpenSshKey.string(in);
    Optional<byte[]> made = PublicHalf.point(curve, numbers(in, 1)[0]);
    return name.endsWith(curve)
        && Arrays.equals(OpenSshKey.string(half), curve.getBytes(StandardCharsets.US_ASCII))
        && Arrays.equals(OpenSshKey.string(half), point)
        && made.filter(it -> Arrays.equals(it, point)).isPresent();
  }

  /** The public half, then the seed with the public half once more. */
  private static boolean ed25519(ByteBuffer in, ByteBuffer half) {
    byte[] shown = OpenSshKey.string(half);
    byte[] again = OpenSshKey.string(in);
    byte[] pair = OpenSshKey.string(in);
    try {
      return pair.length == 2 * ED25519_HALF
          && Arrays.equals(shown, again)
          && Arrays.equals(
              shown, new Ed25519PrivateKeyParameters(pair, 0).generatePublicKey().getEncoded());
    } finally {
      Arrays.fill(pair, (byte) 0);
    }
  }

  private static BigInteger[] numbers(ByteBuffer in, int count) {
    BigInteger[] numbers = new BigInteger[count];
    for (int i = 0; i < count; i++) {
      byte[] bytes = OpenSshKey.string(in);
      numbers[i] = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
      Arrays.fill(bytes, (byte) 0);
    }
    return numbers;
  }
}
