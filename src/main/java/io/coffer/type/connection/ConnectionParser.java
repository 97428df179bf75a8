package io.coffer.type.connection;

import java.util.Collection;
import java.util.List;

/**
 * Reads connection strings, URLs and JDBC URLs alike, by a grammar that refuses whatever it does
 * not understand and repairs nothing. What comes out is typed parts: the string itself is never
 * shown to a driver, a log or an error. No name is looked up.
 */
public final class ConnectionParser {

  private static final String JDBC = "jdbc:";
  private static final String WHOLE = "connection string";

  private ConnectionParser() {}

  /**
   * Reads a string that must be for one database.
   *
   * @return the parts, which the caller closes
   * @throws ConnectionRefusal if anything in it is not as it must be
   */
  public static ConnectionParts parse(Dialect declared, String text) {
    return parse(List.of(declared), text);
  }

  /**
   * Reads a string that may be for one of several databases.
   *
   * @param declared the databases, the likelier ones first: some schemes serve two of them
   * @return the parts, which the caller closes
   * @throws ConnectionRefusal if anything in it is not as it must be
   */
  public static ConnectionParts parse(Collection<Dialect> declared, String text) {
    Syntax.checkCharacters(text);
    boolean jdbc = text.startsWith(JDBC);
    int from = jdbc ? JDBC.length() : 0;
    int colon = text.indexOf(':', from);
    Scheme scheme = colon < 0 ? null : Scheme.find(jdbc, text.substring(from, colon));
    if (scheme == null) {
      throw new ConnectionRefusal(RefusalCode.SCHEME, WHOLE, begin(declared));
    }
    Dialect dialect = dialect(declared, scheme);
    Syntax.refuseUnsafe(text);
    PartsBuilder parts = new PartsBuilder(dialect);
    try {
      Grammars.read(scheme.grammar(), text.substring(colon + 1), parts);
      return parts.build();
    } catch (ConnectionRefusal refusal) {
      parts.discard();
      throw refusal;
    }
  }

  private static Dialect dialect(Collection<Dialect> declared, Scheme scheme) {
    for (Dialect dialect : declared) {
      if (scheme.dialects().contains(dialect)) {
        return dialect;
      }
    }
    throw new ConnectionRefusal(RefusalCode.TYPE_MISMATCH, WHOLE, begin(declared));
  }

  private static String begin(Collection<Dialect> declared) {
    return "; one of these would be right: " + String.join(", ", Scheme.beginnings(declared));
  }
}
