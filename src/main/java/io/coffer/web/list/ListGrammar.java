package io.coffer.web.list;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one resource's list understands. Only what is named here can be filtered or ordered by; a
 * field that holds a secret never is.
 */
public final class ListGrammar {

  static final int DEFAULT_PAGE_SIZE = 50;
  static final int MAX_PAGE_SIZE = 200;
  private static final int MAX_FILTERS = 20;
  private static final int MAX_ORDER_FIELDS = 3;
  private static final Set<String> RESERVED =
      Set.of("search", "order_by", "page_size", "cursor", "total");

  private final Map<String, ListField> fields = new LinkedHashMap<>();
  private final List<String> searchColumns;
  private final String defaultOrder;
  private final Set<String> extraParameters;
  private final FilterParser filterParser;

  /**
   * @param fields all fields that can be filtered by
   * @param searchColumns the text columns that {@code search} looks into
   * @param defaultOrder the order if none is asked for, as in {@code order_by}
   * @param extraParameters parameters that the resource reads itself
   */
  public ListGrammar(
      List<ListField> fields,
      List<String> searchColumns,
      String defaultOrder,
      Set<String> extraParameters) {
    fields.forEach(field -> this.fields.put(field.name(), field));
    this.searchColumns = List.copyOf(searchColumns);
    this.defaultOrder = defaultOrder;
    this.extraParameters = Set.copyOf(extraParameters);
    this.filterParser = new FilterParser(this.fields);
  }

  /** Whether a list takes an empty parameter of this name as one that is left out. */
  public static boolean mayBeEmpty(String parameter) {
    return RESERVED.contains(parameter);
  }

  /**
   * Reads the query string.
   *
   * @throws InvalidQuery if a parameter is unknown, unreadable or over a limit
   */
  public ListQuery parse(Map<String, List<String>> parameters) {
    List<Filter> filters = new ArrayList<>();
    parameters.forEach(
        (name, values) -> {
          if (!RESERVED.contains(name) && !extraParameters.contains(name)) {
            values.forEach(value -> filters.add(filterParser.parse(name, value)));
          }
        });
    if (filters.size() > MAX_FILTERS) {
      throw new InvalidQuery("filters", "There are more than " + MAX_FILTERS + " filters.");
    }
    List<OrderTerm> order = order(single(parameters, "order_by").orElse(defaultOrder));
    Optional<Cursor> cursor =
        single(parameters, "cursor")
            .map(text -> Cursor.decode(text, order, fingerprint(parameters)));
    return new ListQuery(
        filters,
        searchColumns,
        single(parameters, "search"),
        order,
        pageSize(single(parameters, "page_size")),
        cursor,
        single(parameters, "total").map(ListGrammar::total).orElse(false),
        fingerprint(parameters));
  }

  private List<OrderTerm> order(String text) {
    List<OrderTerm> terms = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      boolean descending = part.startsWith("-");
      ListField field = fields.get(descending ? part.substring(1) : part);
      if (field == null || !field.orderable()) {
        throw new InvalidQuery("order_by", "The list can be ordered by " + orderable() + " only.");
      }
      terms.add(new OrderTerm(field, descending));
    }
    if (terms.size() > MAX_ORDER_FIELDS) {
      throw new InvalidQuery("order_by", "At most " + MAX_ORDER_FIELDS + " fields are allowed.");
    }
    return terms;
  }

  private String orderable() {
    return fields.values().stream()
        .filter(ListField::orderable)
        .map(ListField::name)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static int pageSize(Optional<String> text) {
    if (text.isEmpty()) {
      return DEFAULT_PAGE_SIZE;
    }
    try {
      int size = Integer.parseInt(text.get());
      if (size >= 1 && size <= MAX_PAGE_SIZE) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of range.
    }
    throw new InvalidQuery("page_size", "It must be between 1 and " + MAX_PAGE_SIZE + ".");
  }

  private static boolean total(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidQuery("total", "It must be true or false.");
    };
  }

  private static Optional<String> single(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new InvalidQuery(name, "It is given more than once.");
    }
    return values.stream().filter(value -> !value.isEmpty()).findFirst();
  }

  /** What must not change from page to page: everything but the cursor, the size and the total. */
  private static int fingerprint(Map<String, List<String>> parameters) {
    Map<String, List<String>> relevant = new TreeMap<>(parameters);
    relevant.keySet().removeAll(Set.of("cursor", "page_size", "total"));
    return relevant.hashCode();
  }
}
