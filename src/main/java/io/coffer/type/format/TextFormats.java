package io.coffer.type.format;

import static io.coffer.type.format.Rules.require;
import static io.coffer.type.format.Rules.tooLong;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Formats that one pattern decides. No pattern here backtracks: each class is followed by another.
 */
final class TextFormats {

  private static final int MAX_EMAIL = 254;
  private static final int MAX_LOCAL_PART = 64;
  private static final int MAX_IDENTIFIER = 128;
  private static final int MAX_VAULT_ID = 255;
  private static final int MAX_ARN = 2048;

  // RFC 5321 dot-string; quoted local parts exist on paper only and are refused.
  private static final Pattern LOCAL_PART =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+");
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*+");
  private static final Pattern VAULT_ID = Pattern.compile("[A-Za-z0-9_.-]++");
  private static final Pattern AWS_REGION =
      Pattern.compile("[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}");
  private static final Pattern AWS_ROLE_ARN =
      Pattern.compile("arn:aws[a-z-]{0,12}:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]++");
  private static final Pattern UUID =
      Pattern.compile("[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

  private TextFormats() {}

  /** RFC 5321 mailbox with a dot-string local part and a host name of LDH labels. */
  static Optional<String> email(String value) {
    if (value.length() > MAX_EMAIL) {
      return tooLong(MAX_EMAIL);
    }
    int at = value.lastIndexOf('@');
    boolean kept =
        at > 0
            && at <= MAX_LOCAL_PART
            && LOCAL_PART.matcher(value.substring(0, at)).matches()
            && UrlFormat.isHost(value.substring(at + 1));
    return require(kept, "must be an e-mail address such as name@example.com");
  }

  static Optional<String> identifier(String value) {
    if (value.length() > MAX_IDENTIFIER) {
      return tooLong(MAX_IDENTIFIER);
    }
    return require(
        IDENTIFIER.matcher(value).matches(),
        "must begin with a letter or underscore and hold letters, digits, underscore, dot and hyphen"
            + " only");
  }

  /** A calendar date of ISO 8601, {@code yyyy-mm-dd}, that exists. */
  static Optional<String> date(String value) {
    if (value.length() == 10) {
      try {
        LocalDate.parse(value, DATE);
        return Rules.KEPT;
      } catch (DateTimeException notADate) {
        // Its message repeats the text.
      }
    }
    return Rules.broken("must be an existing date written yyyy-mm-dd");
  }

  /** The label of an Ansible vault, as it stands behind {@code --vault-id}. */
  static Optional<String> vaultId(String value) {
    if (value.length() > MAX_VAULT_ID) {
      return tooLong(MAX_VAULT_ID);
    }
    return require(
        VAULT_ID.matcher(value).matches(),
        "must hold letters, digits, underscore, dot and hyphen only");
  }

  static Optional<String> awsRegion(String value) {
    return require(
        value.length() <= 32 && AWS_REGION.matcher(value).matches(),
        "must be a region such as eu-central-1");
  }

  static Optional<String> awsRoleArn(String value) {
    return require(
        value.length() <= MAX_ARN && AWS_ROLE_ARN.matcher(value).matches(),
        "must be a role such as arn:aws:iam::123456789012:role/name");
  }

  static Optional<String> uuid(String value) {
    return require(
        value.length() == 36 && UUID.matcher(value).matches(), "must be a UUID of 36 characters");
  }
}
