package io.coffer.credential;

import io.vertx.core.json.JsonObject;
import java.io.Serializable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.usertype.UserType;
import org.jspecify.annotations.Nullable;

/** A JSON column as an immutable map; Hibernate's own mapping fails on what is no such map. */
abstract sealed class JsonColumnType<V> implements UserType<Map<String, V>> {

  private final Function<@Nullable Object, Map<String, V>> reader;

  private JsonColumnType(Function<@Nullable Object, Map<String, V>> reader) {
    this.reader = reader;
  }

  /** Plain fields. */
  static final class Plain extends JsonColumnType<Object> {
    Plain() {
      super(JsonColumn::plain);
    }
  }

  /** Labels. */
  static final class Labels extends JsonColumnType<String> {
    Labels() {
      super(JsonColumn::labels);
    }
  }

  @Override
  public int getSqlType() {
    return SqlTypes.JSON;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Class<Map<String, V>> returnedClass() {
    return (Class<Map<String, V>>) (Class<?>) Map.class;
  }

  @Override
  public Map<String, V> nullSafeGet(ResultSet row, int position, WrapperOptions options)
      throws SQLException {
    return reader.apply(row.getObject(position));
  }

  @Override
  public void nullSafeSet(
      PreparedStatement statement,
      @Nullable Map<String, V> value,
      int position,
      WrapperOptions options)
      throws SQLException {
    statement.setObject(
        position, value == null ? null : new JsonObject(new HashMap<String, Object>(value)));
  }

  @Override
  public boolean equals(@Nullable Map<String, V> one, @Nullable Map<String, V> other) {
    return Objects.equals(one, other);
  }

  @Override
  public int hashCode(Map<String, V> value) {
    return value.hashCode();
  }

  @Override
  public Map<String, V> deepCopy(Map<String, V> value) {
    return value;
  }

  @Override
  public boolean isMutable() {
    return false;
  }

  @Override
  public Serializable disassemble(Map<String, V> value) {
    return new HashMap<>(value);
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, V> assemble(Serializable cached, Object owner) {
    return (Map<String, V>) cached;
  }
}
