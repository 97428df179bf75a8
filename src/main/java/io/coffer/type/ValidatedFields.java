package io.coffer.type;

import io.coffer.secret.SecretFields;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The whole content of a credential after a change, which keeps the type's rules of structure. The
 * receiver owns the secret fields and closes this.
 *
 * @param plain the plain fields: String, Boolean, Long, List of String, Map of String to String
 * @param secret the secret fields, with bytes of their own
 * @param changed the ids whose value is another than before, among them those that are gone
 */
public record ValidatedFields(Map<String, Object> plain, SecretFields secret, Set<String> changed)
    implements AutoCloseable {

  public ValidatedFields {
    plain = Copies.map(plain);
    changed = Set.copyOf(changed);
  }

  /** The ids of all fields that are set. */
  public Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>(plain.keySet());
    ids.addAll(secret.ids());
    return ids;
  }

  @Override
  public void close() {
    secret.close();
  }

  /** Names the fields only: plain values are shown to readers, not to logs. */
  @Override
  public String toString() {
    return "ValidatedFields" + ids();
  }
}
