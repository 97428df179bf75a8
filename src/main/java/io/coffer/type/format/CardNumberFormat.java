package io.coffer.type.format;

import java.util.Optional;

/** A payment card number of ISO/IEC 7812: 12 to 19 digits that pass the Luhn check. */
final class CardNumberFormat implements Format {

  private static final int MAX_TYPED_LENGTH = 40;

  @Override
  public Optional<String> check(String value) {
    if (value.length() > MAX_TYPED_LENGTH || !value.chars().allMatch(CardNumberFormat::mayStand)) {
      return Rules.broken("must hold digits only, set apart by blanks or hyphens at most");
    }
    String digits = normalize(value);
    if (digits.length() < 12 || digits.length() > 19) {
      return Rules.broken("must have 12 to 19 digits");
    }
    return Rules.require(luhn(digits), "must pass the check of its last digit (Luhn)");
  }

  @Override
  public String normalize(String value) {
    return value.replace(" ", "").replace("-", "");
  }

  private static boolean mayStand(int c) {
    return (c >= '0' && c <= '9') || c == ' ' || c == '-';
  }

  static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
