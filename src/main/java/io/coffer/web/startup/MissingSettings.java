package io.coffer.web.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds what the packaged application cannot do without, before parts of it stumble over it. */
final class MissingSettings {

  private static final Pattern ISSUER = Pattern.compile("COFFER_IDENTITY_ISSUERS_.*(?<!_JWKS)_URL");

  private static final Map<String, String> DATABASES =
      Map.of(
          "quarkus.datasource.jdbc.url",
          "jdbc:postgresql://host:5432/coffer?sslmode=verify-full",
          "quarkus.datasource.reactive.url",
          "postgresql://host:5432/coffer?sslmode=verify-full");

  private MissingSettings() {}

  static List<Finding> find(Settings settings) {
    List<Finding> findings = new ArrayList<>();
    DATABASES.forEach(
        (property, example) -> {
          if (settings.find(property).isEmpty()) {
            findings.add(
                new Finding(
                    property,
                    "no database is named",
                    "Set it to its address, such as " + example,
                    null));
          }
        });
    if (settings.names().stream().noneMatch(name -> isIssuer(settings, name))) {
      findings.add(
          new Finding(
              "coffer.identity.issuers.default.url",
              "no issuer of access tokens is named",
              "Set it to the issuer's address, and its audience beside it",
              null));
    }
    return findings;
  }

  private static boolean isIssuer(Settings settings, String name) {
    return ISSUER.matcher(Settings.variable(name)).matches() && settings.find(name).isPresent();
  }
}
