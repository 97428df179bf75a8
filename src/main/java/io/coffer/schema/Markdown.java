package io.coffer.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a schema as short text that a language model reads: a heading per table, a line per
 * column. Names and comments come from a database that somebody else may write, so that nothing in
 * them can look like another line.
 */
final class Markdown {

  private static final int LONGEST_DESCRIPTION = 200;

  private final StringBuilder text = new StringBuilder();

  private Markdown() {}

  /** The tables of one page. */
  static String of(List<Table> tables, boolean more) {
    Markdown markdown = new Markdown();
    tables.forEach(markdown::table);
    if (more) {
      markdown.text.append("_More tables follow: ask for the next page._\n");
    }
    return markdown.text.toString();
  }

  private void table(Table table) {
    text.append("## ").append(word(table.name().dotted()));
    if (table.kind() != TableKind.TABLE) {
      text.append(" (").append(table.kind().wireName().replace('_', ' ')).append(')');
    }
    if (table.rowEstimate() != null) {
      text.append(" ~").append(table.rowEstimate()).append(" rows");
    }
    text.append('\n');
    String description = line(table.description());
    if (!description.isEmpty()) {
      // A quote, so that a comment that begins like a heading is none.
      text.append("> ").append(description).append('\n');
    }
    table.columns().forEach(column -> column(table, column));
    text.append('\n');
  }

  private void column(Table table, Column column) {
    text.append("- ").append(word(column.name())).append(' ').append(line(column.dataType()));
    if (table.primaryKey().contains(column.name())) {
      text.append(" PK");
    }
    if (Boolean.FALSE.equals(column.nullable())) {
      text.append(" NOT NULL");
    }
    if (column.defaultValue() != null) {
      text.append(" = ").append(word(column.defaultValue()));
    }
    for (ForeignKey key : table.foreignKeys()) {
      int at = key.columns().indexOf(column.name());
      if (at >= 0 && at < key.referenced().size()) {
        text.append(" -> ")
            .append(word(key.references().dotted() + '.' + key.referenced().get(at)));
      }
    }
    String description = line(column.description());
    if (!description.isEmpty()) {
      text.append(": ").append(description);
    }
    text.append('\n');
  }

  /** In a code span, whose fence no name can end. */
  private static String word(String name) {
    String one = line(name);
    return one.indexOf('`') < 0 ? '`' + one + '`' : "`` " + one.replace("``", "` `") + " ``";
  }

  /** In one line, and not longer than a reader bears. */
  private static String line(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String flat = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    if (flat.length() <= LONGEST_DESCRIPTION) {
      return flat;
    }
    int end = LONGEST_DESCRIPTION - 1;
    return flat.substring(0, Character.isHighSurrogate(flat.charAt(end - 1)) ? end - 1 : end) + '…';
  }
}
