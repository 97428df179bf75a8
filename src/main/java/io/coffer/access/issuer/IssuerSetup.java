package io.coffer.access.issuer;

import io.coffer.access.issuer.IdentityConfig.IssuerConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes the issuers out of the configuration, and asks them for their keys from time to time. */
@ApplicationScoped
class IssuerSetup {

  private static final Set<String> KNOWN_ALGORITHMS =
      Set.of(
          "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

  private final IdentityConfig config;
  private final Vertx vertx;
  private final TlsConfigurationRegistry tls;
  private final Clock clock = Clock.systemUTC();
  private long timer = -1;

  IssuerSetup(IdentityConfig config, Vertx vertx, TlsConfigurationRegistry tls) {
    this.config = config;
    this.vertx = vertx;
    this.tls = tls;
  }

  @Produces
  @Singleton
  TokenChecker tokenChecker() {
    Map<String, Issuer> issuers = new LinkedHashMap<>();
    config
        .issuers()
        .forEach(
            (name, issuer) ->
                issuer.url().ifPresent(url -> issuers.put(url, issuer(name, url, issuer))));
    return new TokenChecker(issuers, config.maxCheckedTokens(), clock);
  }

  void start(@Observes StartupEvent event, TokenChecker checker) {
    boolean none = config.issuers().values().stream().allMatch(it -> it.url().isEmpty());
    if (none && LaunchMode.current() == LaunchMode.NORMAL) {
      throw new IllegalStateException(
          "coffer.identity.issuers.default.url is missing: without an issuer nobody can call");
    }
    poll(checker);
    timer = vertx.setPeriodic(config.keyPollInterval().toMillis(), tick -> poll(checker));
  }

  void stop(@Observes ShutdownEvent event) {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
  }

  private static void poll(TokenChecker checker) {
    // Failures are logged where they happen; the next tick is the retry.
    checker.pollKeys().subscribe().with(ignored -> {}, failure -> {});
  }

  private Issuer issuer(String name, String url, IssuerConfig issuer) {
    check(name, issuer);
    HttpKeySource source =
        new HttpKeySource(client(issuer), clock, config.requestTimeout(), url, issuer);
    IssuerKeys keys =
        new IssuerKeys(name, source, clock, config.keepKeysFor(), config.keyRefreshPause());
    return new Issuer(name, issuer, keys, clock, config.clockSkew());
  }

  private static void check(String name, IssuerConfig issuer) {
    String prefix = "coffer.identity.issuers." + name + '.';
    if (issuer.audience().isEmpty() && !issuer.allowMissingAudience()) {
      throw new IllegalStateException(
          prefix + "audience is missing: name what the issuer's tokens for this service carry");
    }
    if (!KNOWN_ALGORITHMS.containsAll(issuer.algorithms())) {
      throw new IllegalStateException(
          prefix + "algorithms may hold only " + KNOWN_ALGORITHMS.stream().sorted().toList());
    }
  }

  private HttpClient client(IssuerConfig issuer) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setMaxPoolSize(2)
            .setConnectTimeout(Math.toIntExact(config.requestTimeout().toMillis()));
    TlsConfiguration.from(tls, issuer.tlsConfigurationName())
        .ifPresent(trusted -> TlsConfigUtils.configure(options, trusted));
    return vertx.createHttpClient(options);
  }
}
