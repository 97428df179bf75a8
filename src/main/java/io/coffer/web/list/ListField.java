package io.coffer.web.list;

import io.coffer.web.JsonBody;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A field by which a list can be filtered or ordered.
 *
 * @param name as in the query string
 * @param column the SQL expression behind it, never taken from a request
 * @param kind how its values are written and which lookups it knows
 * @param orderable whether the list can be ordered by it
 * @param whenNull the SQL literal that stands for null in an order; null if the column has none
 */
public record ListField(
    String name, String column, Kind kind, boolean orderable, @Nullable String whenNull) {

  /** The kinds of values, each with its SQL type and lookups. */
  public enum Kind {
    TEXT("text", EnumSet.complementOf(EnumSet.of(Lookup.GT, Lookup.GTE, Lookup.LT, Lookup.LTE))),
    UUID("uuid", EnumSet.of(Lookup.EXACT, Lookup.IN, Lookup.ISNULL)),
    BOOLEAN("boolean", EnumSet.of(Lookup.EXACT, Lookup.ISNULL)),
    INSTANT("timestamptz", Lookup.ordered()),
    INTEGER("bigint", Lookup.ordered());

    private final String sqlType;
    private final Set<Lookup> lookups;

    Kind(String sqlType, Set<Lookup> lookups) {
      this.sqlType = sqlType;
      this.lookups = Set.copyOf(lookups);
    }

    String sqlType() {
      return sqlType;
    }

    boolean knows(Lookup lookup) {
      return lookups.contains(lookup);
    }

    /** The names of the lookups, for people to read. */
    String lookups() {
      return lookups.stream()
          .map(lookup -> lookup.name().toLowerCase(Locale.ROOT))
          .sorted()
          .collect(Collectors.joining(", "));
    }

    /** The value as the database client wants it; empty if the text is none of this kind. */
    Optional<Object> parse(String text) {
      try {
        return switch (this) {
          case TEXT -> JsonBody.isStorable(text) ? Optional.of(text) : Optional.empty();
          case UUID ->
              text.length() == 36 ? Optional.of(java.util.UUID.fromString(text)) : Optional.empty();
          case BOOLEAN -> parseBoolean(text);
          case INSTANT ->
              Optional.<Object>of(parseInstant(text))
                  .filter(it -> JsonBody.isStorable((OffsetDateTime) it));
          case INTEGER -> Optional.of(new BigDecimal(text).longValueExact());
        };
      } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
        return Optional.empty();
      }
    }

    private static Optional<Object> parseBoolean(String text) {
      return switch (text) {
        case "true", "True", "1" -> Optional.of(true);
        case "false", "False", "0" -> Optional.of(false);
        default -> Optional.empty();
      };
    }

    private static OffsetDateTime parseInstant(String text) {
      if (text.length() == 10) {
        return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
      }
      return text.endsWith("Z")
          ? Instant.parse(text).atOffset(ZoneOffset.UTC)
          : OffsetDateTime.parse(text);
    }
  }

  public static ListField text(String name, String column) {
    return new ListField(name, column, Kind.TEXT, true, null);
  }

  public static ListField uuid(String name, String column) {
    return new ListField(name, column, Kind.UUID, false, null);
  }

  public static ListField bool(String name, String column) {
    return new ListField(name, column, Kind.BOOLEAN, false, null);
  }

  public static ListField instant(String name, String column) {
    return new ListField(name, column, Kind.INSTANT, true, null);
  }

  /** A time that may be null; in an order null stands before every time. */
  public static ListField nullableInstant(String name, String column) {
    return new ListField(name, column, Kind.INSTANT, true, "'-infinity'::timestamptz");
  }

  public static ListField integer(String name, String column) {
    return new ListField(name, column, Kind.INTEGER, true, null);
  }

  String orderExpression() {
    return whenNull == null ? column : "coalesce(" + column + ", " + whenNull + ")";
  }
}
