package io.coffer.web.list;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page starts: the order's values and the id of the last row shown. It is opaque to
 * clients but not secret: it holds only what they were shown, and says nothing about rights.
 *
 * @param values the last row's values as text, in the order's order
 * @param id the last row's id, which breaks ties
 */
record Cursor(List<String> values, UUID id) {

  private static final String SEPARATOR = "\u001f";
  private static final String NULL_MARK = "\u0000";
  private static final int MAX_LENGTH = 4096;

  String encode(int fingerprint) {
    List<String> parts = new ArrayList<>();
    parts.add(Integer.toHexString(fingerprint));
    parts.add(id.toString());
    parts.addAll(values);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(SEPARATOR, parts).getBytes(StandardCharsets.UTF_8));
  }

  static Cursor decode(String text, List<OrderTerm> order, int fingerprint) {
    if (text.length() > MAX_LENGTH) {
      throw invalid();
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      List<String> parts = List.of(plain.split(SEPARATOR, -1));
      if (parts.size() != order.size() + 2
          || !parts.getFirst().equals(Integer.toHexString(fingerprint))) {
        throw invalid();
      }
      List<String> values = parts.subList(2, parts.size());
      for (int i = 0; i < values.size(); i++) {
        if (!isReadable(order.get(i).field(), values.get(i))) {
          throw invalid();
        }
      }
      return new Cursor(values, UUID.fromString(parts.get(1)));
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  /** Adds the condition that a row comes after this one. */
  void appendTo(SqlText sql, List<OrderTerm> order, String idColumn) {
    if (isOneDirection(order) && !values.contains(NULL_MARK)) {
      appendRow(sql, order, idColumn);
      return;
    }
    // (a > x) or (a = x and b < y) or … or (all equal and id beyond)
    sql.append("(");
    for (int i = 0; i <= order.size(); i++) {
      sql.append(i == 0 ? "(" : " or (");
      for (int j = 0; j < i; j++) {
        appendTerm(sql, order.get(j), j, " = ");
        sql.append(" and ");
      }
      if (i < order.size()) {
        appendTerm(sql, order.get(i), i, order.get(i).descending() ? " < " : " > ");
      } else {
        boolean descending = order.getLast().descending();
        sql.append(idColumn).append(descending ? " < " : " > ").bind(id, "uuid");
      }
      sql.append(")");
    }
    sql.append(")");
  }

  /** (a, b, id) > (x, y, z), which an index finds at once. */
  private void appendRow(SqlText sql, List<OrderTerm> order, String idColumn) {
    sql.append("(");
    order.forEach(term -> sql.append(term.field().orderExpression()).append(", "));
    sql.append(idColumn).append(order.getLast().descending() ? ") < (" : ") > (");
    for (int i = 0; i < order.size(); i++) {
      ListField.Kind kind = order.get(i).field().kind();
      sql.bind(kind.parse(values.get(i)).orElseThrow(), kind.sqlType()).append(", ");
    }
    sql.bind(id, "uuid").append(")");
  }

  private static boolean isOneDirection(List<OrderTerm> order) {
    return order.stream().map(OrderTerm::descending).distinct().count() == 1;
  }

  private void appendTerm(SqlText sql, OrderTerm term, int index, String operator) {
    ListField field = term.field();
    String value = values.get(index);
    sql.append(field.orderExpression()).append(operator);
    if (value.equals(NULL_MARK)) {
      sql.append(String.valueOf(field.whenNull()));
    } else {
      sql.bind(field.kind().parse(value).orElseThrow(), field.kind().sqlType());
    }
  }

  /** The text form of an order value as it stands in a cursor. */
  static String textOf(@Nullable Object value) {
    return value == null ? NULL_MARK : value.toString();
  }

  private static boolean isReadable(ListField field, String text) {
    return text.equals(NULL_MARK) ? field.whenNull() != null : field.kind().parse(text).isPresent();
  }

  private static InvalidQuery invalid() {
    return new InvalidQuery("cursor", "It does not belong to this list and its parameters.");
  }
}
