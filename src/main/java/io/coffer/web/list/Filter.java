package io.coffer.web.list;

import java.util.List;

/**
 * One condition of a list request.
 *
 * @param field what is compared
 * @param lookup how
 * @param values with what; several only for {@code in}
 * @param negated whether what fits is left out
 * @param alternative whether it stands with the other {@code or__} conditions
 */
record Filter(
    ListField field, Lookup lookup, List<Object> values, boolean negated, boolean alternative) {

  void appendTo(SqlText sql) {
    // A negated comparison with null is null in SQL, and would hide the row.
    sql.append(negated ? "not coalesce(" : "(");
    appendComparison(sql);
    sql.append(negated ? ", false)" : ")");
  }

  private void appendComparison(SqlText sql) {
    String type = field.kind().sqlType();
    switch (lookup) {
      case ISNULL ->
          sql.append(field.column())
              .append(Boolean.TRUE.equals(values.getFirst()) ? " is null" : " is not null");
      case IN -> {
        sql.append(field.column()).append(" in (");
        for (int i = 0; i < values.size(); i++) {
          sql.append(i == 0 ? "" : ", ").bind(values.get(i), type);
        }
        sql.append(")");
      }
      case IEXACT, CONTAINS, ICONTAINS, STARTSWITH, ISTARTSWITH, ENDSWITH, IENDSWITH ->
          sql.append(field.column())
              .append(lookup.operator())
              .bind(lookup.pattern((String) values.getFirst()), type);
      case EXACT, GT, GTE, LT, LTE ->
          sql.append(field.column()).append(lookup.operator()).bind(values.getFirst(), type);
    }
  }
}
