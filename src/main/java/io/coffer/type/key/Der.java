package io.coffer.type.key;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Primitive;

/**
 * Reads DER (X.690) that somebody sent. The library follows lengths that are left open, and what is
 * nested in them, by calls into calls: what is made for that would overflow its stack.
 */
final class Der {

  /** Keys and what they are encrypted with nest about half as deep. */
  private static final int MAX_DEPTH = 16;

  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1f;
  private static final int MAX_LENGTH_BYTES = 3;

  private final byte[] der;
  private final int[] ends = new int[MAX_DEPTH];
  private int depth;
  private int at;

  private Der(byte[] der) {
    this.der = der;
  }

  /**
   * Reads one value.
   *
   * @throws IOException if the bytes are none
   * @throws KeyRefusal if lengths are open or overlap, or values are nested too deep
   */
  static ASN1Primitive read(byte[] der) throws IOException {
    new Der(der).check();
    return ASN1Primitive.fromByteArray(der);
  }

  private void check() {
    ends[0] = der.length;
    while (at < der.length) {
      boolean constructed = (der[at] & CONSTRUCTED) != 0;
      if ((der[at] & LONG_TAG) == LONG_TAG) {
        throw KeyMaterial.noKey();
      }
      at++;
      int end = length() + at;
      if (end > ends[depth] || (constructed && depth + 1 == MAX_DEPTH)) {
        throw KeyMaterial.noKey();
      }
      if (constructed) {
        ends[++depth] = end;
      } else {
        at = end;
      }
      while (depth > 0 && at == ends[depth]) {
        depth--;
      }
    }
  }

  /** The length at the present place, which then stands behind it. */
  private int length() {
    int first = next();
    if (first < 0x80) {
      return first;
    }
    int bytes = first & 0x7f;
    if (bytes == 0 || bytes > MAX_LENGTH_BYTES) {
      throw KeyMaterial.noKey();
    }
    int length = 0;
    for (int i = 0; i < bytes; i++) {
      length = length << 8 | next();
    }
    return length;
  }

  private int next() {
    if (at >= der.length) {
      throw KeyMaterial.noKey();
    }
    return der[at++] & 0xff;
  }
}
