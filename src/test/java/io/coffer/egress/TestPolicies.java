package io.coffer.egress;

import io.coffer.egress.EgressConfig.MixedAnswers;
import io.coffer.egress.EgressConfig.Mode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Policies and guards as the tests of outgoing calls need them. */
public final class TestPolicies {

  public static final UUID ORGANIZATION = UUID.fromString("018f0000-0000-7000-8000-000000000001");
  static final UUID OTHER = UUID.fromString("018f0000-0000-7000-8000-000000000002");

  private TestPolicies() {}

  /** What an installation has that configured nothing. */
  static EgressPolicy standard() {
    return allowing();
  }

  static EgressPolicy allowing(String... entries) {
    return policy(Mode.PUBLIC_ONLY, List.of(entries), List.of(), false);
  }

  static EgressPolicy policy(
      Mode mode, List<String> allow, List<String> deny, boolean allowMetadata) {
    return new EgressPolicy(
        mode, rules(allow), rules(deny), Map.of(), allowMetadata, null, OwnPlaces.NONE);
  }

  static List<Rule> rules(List<String> entries) {
    return entries.stream().map(Rule::of).toList();
  }

  static Destination to(String host, int port) {
    return new Destination(host, port, Set.of(443), ORGANIZATION);
  }

  /** A guard that opens exactly these entries. */
  public static EgressGuard guard(String... entries) {
    return guard(allowing(entries), NameResolver.SYSTEM);
  }

  static EgressGuard guard(EgressPolicy policy, NameResolver resolver) {
    return guard(policy, resolver, MixedAnswers.REFUSE);
  }

  static EgressGuard guard(EgressPolicy policy, NameResolver resolver, MixedAnswers mixed) {
    return new EgressGuard(
        policy, mixed, lookups(resolver), new EgressMetrics(new SimpleMeterRegistry()));
  }

  static Lookups lookups(NameResolver resolver) {
    return new Lookups(resolver, new LookupSettings(Duration.ofSeconds(2), 32, 1000));
  }

  static NameResolver answering(String... addresses) {
    List<InetAddress> answers = List.of(addresses).stream().map(InetAddress::ofLiteral).toList();
    return _ -> answers;
  }

  record LookupSettings(Duration deadline, int atOnce, int waiting)
      implements EgressConfig.Lookup {}
}
