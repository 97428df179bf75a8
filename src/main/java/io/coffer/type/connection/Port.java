package io.coffer.type.connection;

/** Ports as text. */
public final class Port {

  public static final int MIN = 1;
  public static final int MAX = 65_535;

  private Port() {}

  /**
   * Reads a port: decimal, without sign, blank or leading zero.
   *
   * @throws ConnectionRefusal with {@code port}
   */
  public static int parse(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.charAt(0) == '0') {
      throw new ConnectionRefusal(RefusalCode.PORT, "port");
    }
    return check(Integer.parseInt(text));
  }

  /**
   * Passes a port in range on.
   *
   * @throws ConnectionRefusal with {@code port}
   */
  public static int check(long port) {
    if (port < MIN || port > MAX) {
      throw new ConnectionRefusal(RefusalCode.PORT, "port");
    }
    return (int) port;
  }
}
