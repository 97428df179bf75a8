package io.coffer.crypto;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads one canonical encoding of fields; refuses any other encoding of the same fields. */
final class FieldReader {

  private final ByteBuffer in;
  private final Map<String, SecretValue> values = new HashMap<>();

  FieldReader(byte[] encoded) {
    in = ByteBuffer.wrap(encoded);
  }

  SecretFields read() {
    boolean complete = false;
    try {
      readFields();
      requirePadding();
      complete = true;
      return SecretFields.of(values);
    } finally {
      if (!complete) {
        values.values().forEach(SecretValue::close);
      }
    }
  }

  /** What was read so far; shows a test that a refusal leaves nothing open. */
  Collection<SecretValue> decoded() {
    return values.values();
  }

  private void readFields() {
    require(in.remaining() > Integer.BYTES && in.get() == FieldCodec.VERSION);
    int count = in.getInt();
    String previous = null;
    for (int i = 0; i < count; i++) {
      String id = text(part());
      require(previous == null || SecretFields.ID_ORDER.compare(previous, id) < 0);
      values.put(id, SecretValue.takeOwnershipOf(part()));
      previous = id;
    }
    require(count >= 0);
  }

  private void requirePadding() {
    require(in.limit() == FieldCodec.paddedLength(in.position()));
    while (in.hasRemaining()) {
      require(in.get() == 0);
    }
  }

  private byte[] part() {
    require(in.remaining() >= Integer.BYTES);
    int length = in.getInt();
    require(length >= 0 && length <= in.remaining());
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String text(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new UnsealFailure.MalformedContent();
    }
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new UnsealFailure.MalformedContent();
    }
  }
}
