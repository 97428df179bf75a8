package io.coffer.credential;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields as a client sent them: by id, or as one string that the type reads, which fields may
 * complete if it is a connection string.
 *
 * @param fields by id; null if none were sent
 * @param value the one string; null if none was sent
 */
record Content(@Nullable Map<String, JsonNode> fields, @Nullable String value) {

  boolean isEmpty() {
    return fields == null && value == null;
  }

  /** Never prints a field. */
  @Override
  public String toString() {
    return "Content[redacted]";
  }
}
