package io.coffer.web.list;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How a filter compares: the part after the last {@code __} of its name. */
enum Lookup {
  EXACT,
  IEXACT,
  CONTAINS,
  ICONTAINS,
  STARTSWITH,
  ISTARTSWITH,
  ENDSWITH,
  IENDSWITH,
  GT,
  GTE,
  LT,
  LTE,
  IN,
  ISNULL;

  static Optional<Lookup> named(String name) {
    return Arrays.stream(values())
        .filter(lookup -> lookup.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  static Set<Lookup> ordered() {
    return EnumSet.of(EXACT, GT, GTE, LT, LTE, IN, ISNULL);
  }

  /** The LIKE pattern for a text, in which the text's own wildcards count as they are. */
  String pattern(String text) {
    String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return switch (this) {
      case CONTAINS, ICONTAINS -> "%" + literal + "%";
      case STARTSWITH, ISTARTSWITH -> literal + "%";
      case ENDSWITH, IENDSWITH -> "%" + literal;
      default -> literal;
    };
  }

  String operator() {
    return switch (this) {
      case GT -> " > ";
      case GTE -> " >= ";
      case LT -> " < ";
      case LTE -> " <= ";
      case CONTAINS, STARTSWITH, ENDSWITH -> " like ";
      case IEXACT, ICONTAINS, ISTARTSWITH, IENDSWITH -> " ilike ";
      case EXACT, IN, ISNULL -> " = ";
    };
  }
}
