package io.coffer.egress;

import io.coffer.egress.OwnPlaces.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/**
 * A place that the configuration names for this service itself.
 *
 * @param host a name in lower case, or an address
 */
record OwnPlace(String host, int port, Kind kind) {

  private static final Pattern SHARED =
      Pattern.compile(
          "coffer\\.identity\\.issuers\\..*url|COFFER_IDENTITY_ISSUERS_.*URL"
              + "|quarkus\\.oidc\\..*auth-server-url|quarkus\\.kms\\..*endpoint-override"
              + "|quarkus\\.otel\\.exporter\\..*endpoint|AWS_ENDPOINT_URL.*");
  private static final Set<String> DATABASES =
      Set.of("quarkus.datasource.reactive.url", "quarkus.datasource.jdbc.url");
  private static final int POSTGRESQL = 5432;

  static List<OwnPlace> of(Config config) {
    Set<OwnPlace> places = new LinkedHashSet<>();
    for (String name : DATABASES) {
      value(config, name).ifPresent(url -> places.addAll(read(url, POSTGRESQL, Kind.PRIVATE)));
    }
    for (String name : config.getPropertyNames()) {
      if (SHARED.matcher(name).matches()) {
        value(config, name).ifPresent(url -> places.addAll(read(url, 443, Kind.SHARED)));
      }
    }
    return List.copyOf(places);
  }

  /** The hosts in the authority of a URL, of which a database's may name several. */
  static List<OwnPlace> read(String url, int usualPort, Kind kind) {
    int slashes = url.indexOf("//");
    if (slashes < 0) {
      return List.of();
    }
    String authority = url.substring(slashes + 2).split("[/?#]", 2)[0];
    int usual = url.startsWith("http:") ? 80 : usualPort;
    List<OwnPlace> places = new ArrayList<>();
    for (String one : authority.substring(authority.lastIndexOf('@') + 1).split(",", -1)) {
      int colon = one.lastIndexOf(':');
      boolean port = colon > one.lastIndexOf(']') && one.substring(colon + 1).matches("[0-9]{1,5}");
      String host = port ? one.substring(0, colon) : one;
      String bare = host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT);
      if (!bare.isEmpty()) {
        int at = port ? Integer.parseInt(one.substring(colon + 1)) : usual;
        places.add(new OwnPlace(bare, at, kind));
      }
    }
    return places;
  }

  private static Optional<String> value(Config config, String name) {
    return config.getOptionalValue(name, String.class).filter(text -> !text.isBlank());
  }
}
