package io.coffer.type;

import io.coffer.secret.SecretFields;
import java.util.Map;

/**
 * The fields that a credential has before a change. The secret ones stay the caller's to close.
 *
 * @param plain the stored plain fields
 * @param secret the stored secret fields, opened
 * @param concealed whether the caller may learn nothing of the secret ones: then a secret that is
 *     sent counts as another one even if it is the same, so that guesses cannot be tried
 */
public record StoredFields(Map<String, Object> plain, SecretFields secret, boolean concealed) {

  public StoredFields {
    plain = PlainFields.normalized(plain);
  }

  /** Of a caller that may have the values. */
  public StoredFields(Map<String, Object> plain, SecretFields secret) {
    this(plain, secret, false);
  }

  /** No fields at all, as before a create. */
  public static StoredFields none() {
    return new StoredFields(Map.of(), SecretFields.none());
  }

  boolean has(String id) {
    return plain.containsKey(id) || secret.ids().contains(id);
  }

  /** Names the fields only: plain values are shown to readers, not to logs. */
  @Override
  public String toString() {
    return "StoredFields" + plain.keySet() + secret.ids();
  }
}
