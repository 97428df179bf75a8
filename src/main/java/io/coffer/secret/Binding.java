package io.coffer.secret;

import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

/**
 * What a ciphertext belongs to. A sealed value opens only under the binding that it was sealed for.
 *
 * @param kind what sort of object holds the value
 * @param organization the tenant whose data key seals the value
 * @param object the id of the row that holds the value
 * @param version the number of the sealing that made the value
 * @param type the id of the credential type
 * @param plainDigest SHA-256 of the canonical plain fields, 32 bytes
 */
public record Binding(
    Kind kind, UUID organization, UUID object, int version, UUID type, byte[] plainDigest) {

  /** The sorts of object that hold sealed values. */
  public enum Kind {
    CREDENTIAL("credential"),
    SECURE_CONFIGURATION("secure_configuration"),
    OTP_CODE("otp_code"),
    WEBHOOK("webhook");

    private final String storedName;

    Kind(String storedName) {
      this.storedName = storedName;
    }

    /** The name in the stored format, which never changes whatever the constant is called. */
    public String storedName() {
      return storedName;
    }
  }

  private static final int DIGEST_LENGTH = 32;

  public Binding {
    if (plainDigest.length != DIGEST_LENGTH) {
      throw new IllegalArgumentException("the digest of the plain fields has 32 bytes");
    }
    plainDigest = plainDigest.clone();
  }

  @Override
  public byte[] plainDigest() {
    return plainDigest.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Binding that
        && kind == that.kind
        && version == that.version
        && organization.equals(that.organization)
        && object.equals(that.object)
        && type.equals(that.type)
        && Arrays.equals(plainDigest, that.plainDigest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, organization, object, version, type, Arrays.hashCode(plainDigest));
  }

  @Override
  public String toString() {
    return "Binding[" + kind + ' ' + object + " version " + version + ']';
  }
}
