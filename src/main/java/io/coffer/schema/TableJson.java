package io.coffer.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form in which a table's content lies in the database. */
final class TableJson {

  private TableJson() {}

  static JsonObject write(Table table) {
    JsonObject content = new JsonObject();
    put(content, "description", table.description());
    put(content, "rows", table.rowEstimate());
    content.put("columns", array(table.columns(), TableJson::column));
    content.put("primary_key", new JsonArray(table.primaryKey()));
    content.put("foreign_keys", array(table.foreignKeys(), TableJson::key));
    return content;
  }

  static Table read(TableName name, TableKind kind, JsonObject content) {
    return new Table(
        name,
        kind,
        content.getString("description"),
        content.getLong("rows"),
        objects(content, "columns").map(TableJson::column).toList(),
        texts(content, "primary_key"),
        objects(content, "foreign_keys").map(TableJson::key).toList());
  }

  /** What a search looks through. */
  static String names(Table table) {
    return Stream.concat(Stream.of(table.name().name()), table.columns().stream().map(Column::name))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("\n"));
  }

  private static JsonObject column(Column column) {
    JsonObject json = new JsonObject().put("name", column.name()).put("type", column.dataType());
    put(json, "nullable", column.nullable());
    put(json, "default", column.defaultValue());
    put(json, "description", column.description());
    return json;
  }

  private static Column column(JsonObject json) {
    return new Column(
        json.getString("name"),
        json.getString("type"),
        json.getBoolean("nullable"),
        json.getString("default"),
        json.getString("description"));
  }

  private static JsonObject key(ForeignKey key) {
    JsonObject json = new JsonObject().put("columns", new JsonArray(key.columns()));
    put(json, "catalog", key.references().catalog());
    put(json, "schema", key.references().schema());
    return json.put("table", key.references().name())
        .put("referenced", new JsonArray(key.referenced()));
  }

  private static ForeignKey key(JsonObject json) {
    return new ForeignKey(
        texts(json, "columns"),
        new TableName(json.getString("catalog"), json.getString("schema"), json.getString("table")),
        texts(json, "referenced"));
  }

  private static void put(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static <T> JsonArray array(List<T> items, Function<T, JsonObject> write) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(write.apply(item)));
    return array;
  }

  private static Stream<JsonObject> objects(JsonObject json, String name) {
    return json.getJsonArray(name).stream().map(JsonObject.class::cast);
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.getJsonArray(name).stream().map(String.class::cast).toList();
  }
}
