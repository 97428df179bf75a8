package io.coffer.crypto;

import io.coffer.secret.SecretFields;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a credential's plain fields that its binding carries: SHA-256 over the stored
 * fields in the byte order of their ids, id and value length-prefixed, a kind tag before the value.
 */
public final class PlainDigest {

  private PlainDigest() {}

  /**
   * The 32-byte digest of the stored fields.
   *
   * @param plain by id; values are String, Boolean, Long (or a smaller whole number), List of
   *     String or Map of String to String
   * @throws IllegalArgumentException if a value is of another kind or no valid Unicode; names the
   *     field, never the value
   */
  public static byte[] of(Map<String, ?> plain) {
    return sha256(canonical(plain));
  }

  /** The canonical bytes themselves, for tags over rows that hold such fields. */
  public static byte[] canonical(Map<String, ?> plain) {
    try (CanonicalWriter writer = new CanonicalWriter()) {
      TreeMap<String, Object> sorted = new TreeMap<>(SecretFields.ID_ORDER);
      sorted.putAll(plain);
      writer.number(sorted.size());
      sorted.forEach((id, value) -> write(writer.part(id), id, value));
      return writer.toBytes();
    }
  }

  private static void write(CanonicalWriter writer, String id, @Nullable Object value) {
    switch (value) {
      case String text -> writer.octet('s').part(text);
      case Boolean flag -> writer.octet('b').part(new byte[] {(byte) (flag ? 1 : 0)});
      case Long number -> writer.octet('i').part(number);
      case Integer number -> writer.octet('i').part(number.longValue());
      case Short number -> writer.octet('i').part(number.longValue());
      case Byte number -> writer.octet('i').part(number.longValue());
      case List<?> list -> {
        writer.octet('l').number(list.size());
        list.forEach(element -> writer.part(text(id, element)));
      }
      case Map<?, ?> map -> {
        TreeMap<String, String> sorted = new TreeMap<>(SecretFields.ID_ORDER);
        map.forEach((key, element) -> sorted.put(text(id, key), text(id, element)));
        writer.octet('m').number(sorted.size());
        sorted.forEach((key, element) -> writer.part(key).part(element));
      }
      case null, default -> throw unfit(id);
    }
  }

  private static String text(String id, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw unfit(id);
  }

  private static IllegalArgumentException unfit(String id) {
    return new IllegalArgumentException("field " + id + " has a value of no storable kind");
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is not available", e);
    }
  }
}
