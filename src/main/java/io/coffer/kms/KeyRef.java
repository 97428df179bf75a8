package io.coffer.kms;

/**
 * A key-encryption key: which provider holds it, and what it is called there.
 *
 * @param provider the adapter's identifier, for example {@code aws}
 * @param keyId the provider's own name of the key, for AWS its ARN; never empty
 */
public record KeyRef(String provider, String keyId) {

  /** The longest key id that a provider accepts, in characters. */
  public static final int MAX_KEY_ID_LENGTH = 2048;

  public KeyRef {
    if (provider.isBlank() || keyId.isBlank() || keyId.length() > MAX_KEY_ID_LENGTH) {
      throw new IllegalArgumentException("a key has a provider and an id of 1 to 2048 characters");
    }
  }
}
