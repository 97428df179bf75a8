package io.coffer.egress;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the guard together. */
@ApplicationScoped
class EgressBeans {

  private final EgressConfig config;

  EgressBeans(EgressConfig config) {
    this.config = config;
  }

  @Produces
  @Singleton
  EgressPolicy policy(OwnAddresses own) {
    return EgressSettings.policy(config, own);
  }

  @Produces
  @Singleton
  Lookups lookups() {
    return new Lookups(NameResolver.SYSTEM, config.lookup());
  }

  void close(@Disposes Lookups lookups) {
    lookups.close();
  }

  @Produces
  @Singleton
  EgressGuard guard(EgressPolicy policy, Lookups lookups, MeterRegistry registry) {
    return new EgressGuard(policy, config.mixedAnswers(), lookups, new EgressMetrics(registry));
  }

  @Produces
  @Singleton
  GuardedHttp http(Vertx vertx, EgressGuard guard) {
    return new GuardedHttp(vertx, guard, config.http());
  }

  void close(@Disposes GuardedHttp http) {
    http.close();
  }

  @Produces
  @Singleton
  GuardedSockets sockets(EgressGuard guard, MeterRegistry registry) {
    return new GuardedSockets(guard, config.sockets(), registry);
  }

  void close(@Disposes GuardedSockets sockets) {
    sockets.close();
  }
}
