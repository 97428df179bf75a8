package io.coffer.activity;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The statements that write groups. One that takes an array per column has the same text whatever
 * the size, but costs the server as much as three events for its arrays; small groups have a text
 * each, with a parameter per value.
 */
final class GroupSql {

  /** The largest group that has a text of its own. */
  static final int SMALL = 8;

  /**
   * The longest time that may pass between the building of a group and the statement that writes
   * it, so that whoever exports events knows from when on no earlier ones can come.
   */
  static final int MAX_AGE_SECONDS = 20;

  /** A column of an event and its type; those that a whole group shares come before. */
  private record Column(String name, String type) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", "uuid"),
          new Column("hash", "bytea"),
          new Column("happened_at", "timestamptz"),
          new Column("actor_issuer", "text"),
          new Column("actor_subject", "text"),
          new Column("actor_kind", "text"),
          new Column("organization", "uuid"),
          new Column("target_kind", "text"),
          new Column("target_id", "uuid"),
          new Column("target_version", "int"),
          new Column("target_revision", "bigint"),
          new Column("action", "text"),
          new Column("outcome", "text"),
          new Column("reason", "text"),
          new Column("request_id", "text"),
          new Column("client_address", "text"),
          new Column("face", "text"),
          new Column("details", "text"));

  /** How many parameters an event has. */
  static final int PER_EVENT = COLUMNS.size();

  /** How many a group has: writer, month, time and the sequence before it. */
  static final int PER_GROUP = 4;

  private static final String NAMES =
      COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));

  private static final String BEGINNING =
      "insert into activity (writer, month, time, sequence, "
          + NAMES
          + ") select $1::uuid, $2::date, $3::timestamptz, $4::bigint + e.place, "
          + COLUMNS.stream().map(it -> "e." + it.name()).collect(Collectors.joining(", "))
          + " from ";

  private static final String NOT_TOO_OLD =
      " where $3::timestamptz > clock_timestamp() - interval '" + MAX_AGE_SECONDS + " seconds'";

  private static final String LARGE = BEGINNING + arrays() + NOT_TOO_OLD;

  private static final String[] SMALL_ONES =
      IntStream.rangeClosed(0, SMALL)
          .mapToObj(size -> BEGINNING + values(size) + NOT_TOO_OLD)
          .toArray(String[]::new);

  private GroupSql() {}

  /** The statement for a group of that size, from 1. */
  static String of(int size) {
    return size <= SMALL ? SMALL_ONES[size] : LARGE;
  }

  private static String arrays() {
    Stream<String> arrays =
        IntStream.range(0, PER_EVENT)
            .mapToObj(i -> "$" + (PER_GROUP + 1 + i) + "::" + COLUMNS.get(i).type() + "[]");
    return "unnest("
        + arrays.collect(Collectors.joining(", "))
        + ") with ordinality as e ("
        + NAMES
        + ", place)";
  }

  private static String values(int size) {
    return IntStream.range(0, size)
        .mapToObj(GroupSql::row)
        .collect(Collectors.joining(", ", "(values ", ") as e (place, " + NAMES + ")"));
  }

  /** The types of the first row are those of all. */
  private static String row(int event) {
    int first = PER_GROUP + 1 + event * PER_EVENT;
    return IntStream.range(0, PER_EVENT)
        .mapToObj(i -> "$" + (first + i) + (event == 0 ? "::" + COLUMNS.get(i).type() : ""))
        .collect(Collectors.joining(", ", "(" + (event + 1) + ", ", ")"));
  }
}
