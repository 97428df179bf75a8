package io.coffer.probe.http;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;

/** Tells whether a text of the provider repeats a part of a secret, as error messages do. */
final class Echoes {

  private static final int SHORTEST = 8;

  private final SecretFields secrets;

  Echoes(SecretFields secrets) {
    this.secrets = secrets;
  }

  boolean repeats(String text) {
    return secrets.ids().stream()
        .anyMatch(id -> secrets.find(id).filter(secret -> shares(text, secret)).isPresent());
  }

  private static boolean shares(String text, SecretValue secret) {
    if (secret.length() == 0) {
      return false;
    }
    String hidden = secret.revealText();
    int window = Math.min(SHORTEST, hidden.length());
    for (int i = 0; i + window <= text.length(); i++) {
      if (hidden.contains(text.substring(i, i + window))) {
        return true;
      }
    }
    return false;
  }
}
