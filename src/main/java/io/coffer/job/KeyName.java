package io.coffer.job;

import io.coffer.kms.KeyRef;

/**
 * A key-encryption key in requests and answers.
 *
 * @param provider for example {@code aws}
 * @param keyId the provider's name of the key, for AWS its ARN, id or alias
 */
record KeyName(String provider, String keyId) {

  static KeyName of(KeyRef key) {
    return new KeyName(key.provider(), key.keyId());
  }

  String text() {
    return provider + ':' + keyId;
  }
}
