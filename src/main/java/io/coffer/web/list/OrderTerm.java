package io.coffer.web.list;

/** One field of an order and its direction. */
record OrderTerm(ListField field, boolean descending) {

  String direction() {
    return descending ? " desc" : " asc";
  }
}
