package io.coffer.web.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Settings that are right on a laptop and wrong where other people's credentials are kept. */
final class UnsafeSettings {

  private static final Pattern ISSUER_URL =
      Pattern.compile("QUARKUS_OIDC_.*AUTH_SERVER_URL|COFFER_IDENTITY_ISSUERS_.*_(JWKS_)?URL");
  private static final Pattern ANY_AUDIENCE =
      Pattern.compile("COFFER_IDENTITY_ISSUERS_.*_ALLOW_MISSING_AUDIENCE");
  private static final Pattern TRUST_ALL = Pattern.compile("QUARKUS_.*TRUST_ALL");
  private static final Pattern TLS_VERIFICATION =
      Pattern.compile("QUARKUS_OIDC_.*TLS_VERIFICATION");
  private static final List<String> KMS_ENDPOINTS =
      List.of(
          "quarkus.kms.endpoint-override",
          "quarkus.kms.sync-client.endpoint-override",
          "AWS_ENDPOINT_URL_KMS",
          "AWS_ENDPOINT_URL");

  private final Settings settings;
  private final List<Finding> findings = new ArrayList<>();

  private UnsafeSettings(Settings settings) {
    this.settings = settings;
  }

  /** Everything unsafe that its switch does not allow, in the order of the checks. */
  static List<Finding> find(Settings settings) {
    UnsafeSettings check = new UnsafeSettings(settings);
    check.kms();
    check.issuers();
    check.origins();
    check.publicAddress();
    check.databases();
    check.certificates();
    return check.findings;
  }

  private void kms() {
    String provider = settings.find("coffer.kms.provider").orElse("");
    if (provider.trim().equalsIgnoreCase("local")) {
      report(
          "coffer.kms.provider",
          "data keys would be wrapped by a key file on this machine",
          "Set coffer.kms.provider=aws and coffer.kms.key-id",
          "local-kms");
    } else if (settings.find("coffer.kms.key-id").isEmpty()) {
      report(
          "coffer.kms.key-id",
          "no key of the key management service is named",
          "Set it to the ARN of the key that wraps data keys",
          "missing-kms-key");
    }
    for (String endpoint : KMS_ENDPOINTS) {
      if (settings.find(endpoint).filter(UnsafeSettings::isPlainHttp).isPresent()) {
        report(
            endpoint,
            "the key management service would be called over plain HTTP",
            "Use an https address, or unset it for the provider's own",
            "http-kms");
      }
    }
  }

  private void issuers() {
    reportWhere(
        ISSUER_URL,
        UnsafeSettings::isPlainHttp,
        "the issuer's keys would be fetched over plain HTTP",
        "Use the issuer's https address",
        "http-issuer");
    reportWhere(
        ANY_AUDIENCE,
        UnsafeSettings::isTrue,
        "tokens that were made for other services would be accepted",
        "Set the issuer's audience instead",
        "any-audience");
  }

  private void origins() {
    if (settings.find("quarkus.http.cors.origins").filter(UnsafeSettings::isWildcard).isPresent()) {
      report(
          "quarkus.http.cors.origins",
          "pages of every origin could call the API",
          "List the origins of your front ends",
          "any-origin");
    }
  }

  /** Whoever logs in is led to addresses of this service, which must be nobody else's. */
  private void publicAddress() {
    String property = "coffer.http.public-address";
    Optional<String> address = settings.find(property);
    if (address.isEmpty() && settings.isTrue("coffer.login.enabled")) {
      report(
          property,
          "log-in would lead to whatever host a request names",
          "Set it to the https address at which people open this service",
          "request-host");
    }
    if (address.filter(UnsafeSettings::isPlainHttp).isPresent()) {
      report(
          property,
          "people and programs would be led to plain HTTP",
          "Use the https address of this service",
          "http-address");
    }
  }

  private void databases() {
    for (String url : List.of("quarkus.datasource.reactive.url", "quarkus.datasource.jdbc.url")) {
      if (settings.find(url).filter(value -> isPlainDatabase(url, value)).isPresent()) {
        report(
            url,
            "the connection to a database on another machine would not be encrypted for certain",
            "Add sslmode=verify-full (or verify-ca, require) to the address",
            "plain-database");
      }
    }
  }

  private boolean isPlainDatabase(String property, String url) {
    DatabaseAddress address = DatabaseAddress.parse(url);
    if (address.isLocal() || address.demandsTls()) {
      return false;
    }
    return !property.equals("quarkus.datasource.reactive.url")
        || !DatabaseAddress.demandsTls(
            settings.find("quarkus.datasource.reactive.postgresql.ssl-mode").orElse(""));
  }

  private void certificates() {
    reportWhere(
        TRUST_ALL,
        UnsafeSettings::isTrue,
        "any certificate would be taken for the right one",
        "Remove it and name the certificate authority instead",
        "unchecked-certificates");
    reportWhere(
        TLS_VERIFICATION,
        value -> value.trim().equalsIgnoreCase("none"),
        "the issuer's certificate would not be checked",
        "Remove it and name the certificate authority instead",
        "unchecked-certificates");
  }

  private void reportWhere(
      Pattern names, Predicate<String> values, String problem, String mend, String allow) {
    for (String name : settings.names()) {
      boolean named = names.matcher(Settings.variable(name)).matches();
      if (named && settings.find(name).filter(values).isPresent()) {
        report(name, problem, mend, allow);
      }
    }
  }

  private void report(String property, String problem, String mend, String allow) {
    String named = "coffer.allow." + allow;
    if (!settings.isTrue(named)) {
      findings.add(new Finding(property, problem, mend, named));
    }
  }

  private static boolean isTrue(String value) {
    return value.trim().equalsIgnoreCase("true");
  }

  private static boolean isPlainHttp(String url) {
    return url.trim().regionMatches(true, 0, "http:", 0, 5);
  }

  /** An origin is a wildcard by itself, or a regular expression that accepts a foreign one. */
  private static boolean isWildcard(String origins) {
    for (String origin : origins.split(",", -1)) {
      String one = origin.trim();
      boolean regex = one.length() > 1 && one.startsWith("/") && one.endsWith("/");
      if (one.equals("*") || (regex && acceptsForeign(one.substring(1, one.length() - 1)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean acceptsForeign(String regex) {
    try {
      return "https://any-page.invalid".matches(regex);
    } catch (PatternSyntaxException unreadable) {
      return true;
    }
  }
}
