package io.coffer.type.connection;

import java.util.regex.Pattern;

/**
 * Account identifiers of Snowflake and the hosts that serve them. An account is written as the
 * provider writes it, {@code organization-account} or {@code locator.region.cloud}; one of the
 * Chinese regions is written as its whole host.
 */
final class SnowflakeAccount {

  private static final String SUFFIX = ".snowflakecomputing.com";
  private static final String CHINESE_SUFFIX = ".snowflakecomputing.cn";
  private static final Pattern ACCOUNT =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}(?:\\.[A-Za-z0-9_-]{1,63}){0,3}");

  private SnowflakeAccount() {}

  static boolean isAccount(String text) {
    try {
      return !host(text).text().isEmpty();
    } catch (ConnectionRefusal refused) {
      return false;
    }
  }

  /**
   * The host of an account.
   *
   * @throws ConnectionRefusal with {@code host}
   */
  static Host host(String account) {
    String name = withoutSuffix(account);
    if (!ACCOUNT.matcher(name).matches() || name.contains("snowflakecomputing")) {
      throw new ConnectionRefusal(RefusalCode.HOST, Property.ACCOUNT.id());
    }
    // Host names have no underscore; the provider serves such accounts under a hyphen.
    String suffix = account.endsWith(CHINESE_SUFFIX) ? CHINESE_SUFFIX : SUFFIX;
    return HostName.of(name.replace('_', '-') + suffix);
  }

  /** Whether a host is one of the provider's. */
  static boolean isHost(String text) {
    return text.endsWith(SUFFIX) || text.endsWith(CHINESE_SUFFIX);
  }

  /** The account as it is kept: its host where that is needed to find it, else the bare name. */
  static String canonical(String text) {
    return text.endsWith(SUFFIX) ? withoutSuffix(text) : text;
  }

  private static String withoutSuffix(String text) {
    String suffix = text.endsWith(CHINESE_SUFFIX) ? CHINESE_SUFFIX : SUFFIX;
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
