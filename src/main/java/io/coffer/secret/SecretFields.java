package io.coffer.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The secret fields of one credential by id, in the byte order of their ids; owns its values. */
public final class SecretFields implements AutoCloseable {

  /** Order of UTF-8 bytes, which differs from that of Java strings beyond the basic plane. */
  public static final Comparator<String> ID_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final NavigableMap<String, SecretValue> values;

  private SecretFields(NavigableMap<String, SecretValue> values) {
    this.values = values;
  }

  /** Takes ownership of the map's values; the map itself is copied. */
  public static SecretFields of(Map<String, SecretValue> values) {
    NavigableMap<String, SecretValue> sorted = new TreeMap<>(ID_ORDER);
    sorted.putAll(values);
    return new SecretFields(sorted);
  }

  public static SecretFields none() {
    return of(Map.of());
  }

  /** The ids in UTF-8 byte order. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(values.navigableKeySet());
  }

  /** The value of one field, still owned by this. */
  public Optional<SecretValue> find(String id) {
    return Optional.ofNullable(values.get(id));
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** A second set of fields with bytes of its own. */
  public SecretFields copy() {
    NavigableMap<String, SecretValue> copies = new TreeMap<>(ID_ORDER);
    values.forEach((id, value) -> copies.put(id, value.copy()));
    return new SecretFields(copies);
  }

  @Override
  public void close() {
    values.values().forEach(SecretValue::close);
  }

  @Override
  public String toString() {
    return "SecretFields" + ids();
  }
}
