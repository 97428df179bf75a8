package io.coffer.type.connection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The parameters of a connection string. All keys are judged before any value, so that the answer
 * to a forbidden parameter does not depend on where it stands.
 */
final class Parameters {

  private static final int MAX_COUNT = 16;
  private static final int MAX_VALUE = 256;
  private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

  private record Item(String key, String value) {}

  private Parameters() {}

  /** Reads {@code k=v&k=v}, with percent-encoded values, as it stands behind a question mark. */
  static void readQuery(String query, Map<String, Parameter> allowed, PartsBuilder parts) {
    if (query.indexOf('?') >= 0 || query.indexOf(';') >= 0) {
      throw new ConnectionRefusal(RefusalCode.SYNTAX, "query");
    }
    Syntax.refuseBrackets(query, "query");
    read(items(query, '&'), allowed, parts, true);
  }

  /**
   * Reads {@code k=v;k=v}, as it stands behind a semicolon; one more semicolon may end it. Values
   * are taken as they are: drivers of this grammar differ on percent-encoding, so that a percent
   * sign is refused unless the dialect is known to have none.
   */
  static void readList(String list, Map<String, Parameter> allowed, PartsBuilder parts) {
    if (list.isEmpty()) {
      return;
    }
    String items = list.endsWith(";") ? list.substring(0, list.length() - 1) : list;
    Syntax.refuseBrackets(items, "parameters");
    read(items(items, ';'), allowed, parts, false);
  }

  private static List<Item> items(String text, char separator) {
    List<Item> items = new ArrayList<>();
    for (String item : text.split(Pattern.quote(String.valueOf(separator)), MAX_COUNT + 2)) {
      int equals = item.indexOf('=');
      if (equals < 0) {
        throw new ConnectionRefusal(RefusalCode.SYNTAX, "parameter " + (items.size() + 1));
      }
      items.add(new Item(item.substring(0, equals), item.substring(equals + 1)));
    }
    if (items.size() > MAX_COUNT) {
      throw new ConnectionRefusal(RefusalCode.TOO_LONG, "parameters");
    }
    return items;
  }

  private static void read(
      List<Item> items, Map<String, Parameter> allowed, PartsBuilder parts, boolean encoded) {
    checkKeys(items);
    checkAllowed(items, allowed);
    for (Item item : items) {
      String value = encoded ? decoded(item) : plain(item, parts.dialect());
      Parameter parameter = allowed.get(item.key());
      if (parameter == null) {
        throw new ConnectionRefusal(RefusalCode.PARAM_UNKNOWN, item.key());
      }
      checkLength(item, parameter, value);
      if (!parameter.reader().test(parts, value)) {
        throw new ConnectionRefusal(RefusalCode.PARAM_VALUE, item.key());
      }
    }
  }

  private static void checkKeys(List<Item> items) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      String key = items.get(i).key();
      if (key.indexOf('%') >= 0) {
        throw new ConnectionRefusal(RefusalCode.ENCODING, "parameter " + (i + 1));
      }
      if (!KEY.matcher(key).matches()) {
        throw new ConnectionRefusal(RefusalCode.SYNTAX, "parameter " + (i + 1));
      }
      // Drivers differ on case, so that two spellings of one key are one key.
      if (!seen.add(key.toLowerCase(Locale.ROOT))) {
        throw new ConnectionRefusal(RefusalCode.PARAM_DUP, "parameter " + (i + 1));
      }
    }
  }

  private static void checkAllowed(List<Item> items, Map<String, Parameter> allowed) {
    Set<String> meanings = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      Parameter parameter = allowed.get(items.get(i).key());
      if (parameter == null) {
        // The key is the caller's text and may be anything, so that only its place is told.
        throw new ConnectionRefusal(RefusalCode.PARAM_UNKNOWN, "parameter " + (i + 1), of(allowed));
      }
      if (!meanings.add(parameter.meaning())) {
        throw new ConnectionRefusal(RefusalCode.PARAM_DUP, items.get(i).key());
      }
    }
  }

  private static String of(Map<String, Parameter> allowed) {
    return allowed.isEmpty()
        ? "; there are none in this form"
        : "; there are " + String.join(", ", new TreeSet<>(allowed.keySet()));
  }

  private static String decoded(Item item) {
    if (item.value().indexOf('=') >= 0) {
      throw new ConnectionRefusal(RefusalCode.SYNTAX, item.key());
    }
    return PercentCodec.decode(item.value(), item.key());
  }

  private static String plain(Item item, Dialect dialect) {
    if (dialect != Dialect.MSSQL && item.value().indexOf('%') >= 0) {
      throw new ConnectionRefusal(RefusalCode.ENCODING, item.key());
    }
    return item.value();
  }

  private static void checkLength(Item item, Parameter parameter, String value) {
    if (value.length() > MAX_VALUE && !parameter.isSecret()) {
      throw new ConnectionRefusal(RefusalCode.TOO_LONG, item.key());
    }
  }
}
