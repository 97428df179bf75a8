package io.coffer.web.list;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** SQL under construction with its positional parameters; values never become part of the text. */
public final class SqlText {

  private final StringBuilder text = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  @CanIgnoreReturnValue
  public SqlText append(String sql) {
    text.append(sql);
    return this;
  }

  /**
   * Adds a parameter and its placeholder, cast to the SQL type so that the server need not guess.
   */
  @CanIgnoreReturnValue
  public SqlText bind(Object value, String sqlType) {
    text.append("cast(").append(placeholder(value)).append(" as ").append(sqlType).append(')');
    return this;
  }

  /** Adds parameters whose placeholders stand in texts that are appended as they are. */
  @CanIgnoreReturnValue
  public SqlText with(List<Object> values) {
    parameters.addAll(values);
    return this;
  }

  private String placeholder(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  /** The text with placeholders {@code $1}, {@code $2}, …, as PostgreSQL's clients want it. */
  public String text() {
    return text.toString();
  }

  public List<Object> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  @Override
  public String toString() {
    return text();
  }
}
