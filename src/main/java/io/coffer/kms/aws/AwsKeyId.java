package io.coffer.kms.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that AWS gives to one key: id, ARN, alias, and ARNs of its copies in other regions. */
final class AwsKeyId {

  private static final Pattern ARN =
      Pattern.compile("arn:(aws[a-z-]*):kms:([a-z0-9-]+):(\\d{12}):(key|alias)/([A-Za-z0-9/_-]+)");

  private record Arn(String partition, String region, String account, String sort, String name) {

    static Optional<Arn> parse(String text) {
      Matcher matcher = ARN.matcher(text);
      return matcher.matches()
          ? Optional.of(
              new Arn(
                  matcher.group(1),
                  matcher.group(2),
                  matcher.group(3),
                  matcher.group(4),
                  matcher.group(5)))
          : Optional.empty();
    }

    boolean isKey() {
      return sort.equals("key");
    }

    boolean isMultiRegion() {
      return isKey() && name.startsWith("mrk-");
    }

    boolean sameAccount(Arn other) {
      return partition.equals(other.partition) && account.equals(other.account);
    }

    String in(String otherRegion) {
      return "arn:" + partition + ":kms:" + otherRegion + ':' + account + ':' + sort + '/' + name;
    }
  }

  private AwsKeyId() {}

  /** Whether an answer that names a key ARN speaks of the key that was asked for. */
  static boolean answers(String asked, String answered) {
    Arn answer = Arn.parse(answered).filter(Arn::isKey).orElse(null);
    if (answer == null) {
      return false;
    }
    if (!asked.startsWith("arn:")) {
      // What an alias points at is for the service to say.
      return asked.startsWith("alias/") || asked.equals(answer.name());
    }
    Arn ask = Arn.parse(asked).orElse(null);
    if (ask == null || !ask.sameAccount(answer)) {
      return false;
    }
    if (!ask.isKey()) {
      return ask.region().equals(answer.region());
    }
    // Copies of a multi-region key share the id, and their ARNs differ in the region.
    return ask.name().equals(answer.name())
        && (ask.region().equals(answer.region()) || ask.isMultiRegion());
  }

  /** The name to ask a region for: a multi-region key is asked for by its copy there. */
  static String in(String region, String keyId) {
    return Arn.parse(keyId).filter(Arn::isMultiRegion).map(arn -> arn.in(region)).orElse(keyId);
  }
}
