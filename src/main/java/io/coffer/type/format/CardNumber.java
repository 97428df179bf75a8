package io.coffer.type.format;

/**
 * What may be told of a card number: its brand and last four digits.
 *
 * @param brand lower-case name of the brand, {@code unknown} if no known range holds the number
 * @param lastFour the last four digits
 */
public record CardNumber(String brand, String lastFour) {

  /**
   * Reads a number that passed the format {@code card_number}.
   *
   * @throws IllegalArgumentException if it does not; the message is free of the number
   */
  public static CardNumber of(String value) {
    CardNumberFormat format = new CardNumberFormat();
    if (format.check(value).isPresent()) {
      throw new IllegalArgumentException("not a card number");
    }
    String digits = format.normalize(value);
    return new CardNumber(brandOf(digits), digits.substring(digits.length() - 4));
  }

  private static String brandOf(String digits) {
    int two = Integer.parseInt(digits.substring(0, 2));
    int three = Integer.parseInt(digits.substring(0, 3));
    int four = Integer.parseInt(digits.substring(0, 4));
    int six = Integer.parseInt(digits.substring(0, 6));
    if (two == 34 || two == 37) {
      return "amex";
    }
    if (within(three, 300, 305) || four == 3095 || two == 36 || two == 38 || two == 39) {
      return "diners";
    }
    if (within(four, 3528, 3589)) {
      return "jcb";
    }
    if (within(two, 51, 55) || within(four, 2221, 2720)) {
      return "mastercard";
    }
    if (two / 10 == 4) {
      return "visa";
    }
    if (four == 6011 || within(three, 644, 649) || two == 65 || within(six, 622126, 622925)) {
      return "discover";
    }
    if (two == 62) {
      return "unionpay";
    }
    return two == 50 || within(two, 56, 58) || two == 67 ? "maestro" : "unknown";
  }

  private static boolean within(int prefix, int from, int to) {
    return prefix >= from && prefix <= to;
  }
}
