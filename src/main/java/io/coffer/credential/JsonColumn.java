package io.coffer.credential;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON columns whatever stands in them: a row that somebody edited past the application must
 * not keep others from being read.
 */
public final class JsonColumn {

  private JsonColumn() {}

  /**
   * The plain fields by id. What is no JSON object stands under the empty id, which no field has,
   * so that nothing was ever sealed for it.
   *
   * @param column as the database client gives it
   */
  public static Map<String, Object> plain(@Nullable Object column) {
    Map<String, Object> plain = new LinkedHashMap<>();
    if (column instanceof JsonObject object) {
      plain.putAll(object.getMap());
    } else {
      plain.put("", simple(column));
    }
    return Collections.unmodifiableMap(plain);
  }

  /** The texts by name; leaves out what is none. */
  static Map<String, String> labels(@Nullable Object column) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (column instanceof JsonObject object) {
      object
          .getMap()
          .forEach(
              (name, value) -> {
                if (value instanceof String text) {
                  labels.put(name, text);
                }
              });
    }
    return Collections.unmodifiableMap(labels);
  }

  private static @Nullable Object simple(@Nullable Object value) {
    return value instanceof JsonArray array
        ? array.getList()
        : value == Tuple.JSON_NULL ? null : value;
  }
}
