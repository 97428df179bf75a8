package io.coffer.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.egress.EgressConfig.MixedAnswers;
import io.coffer.egress.EgressFailure.Blocked;
import io.coffer.egress.EgressFailure.Busy;
import io.coffer.egress.EgressFailure.Dns;
import io.coffer.egress.EgressFailure.Timeout;
import io.coffer.egress.TestPolicies.LookupSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

  private static final String PUBLIC = "203.0.114.7";
  private static final Destination NAMED = TestPolicies.to("db.example", 5432);

  @Test
  void pinsTheAddressesOfAName() {
    Target target = admit(guard(TestPolicies.answering(PUBLIC, "2a00::1")), NAMED);

    assertThat(target.addresses())
        .containsExactly(InetAddress.ofLiteral(PUBLIC), InetAddress.ofLiteral("2a00::1"));
    assertThat(target.host()).isEqualTo("db.example");
    assertThat(target.opened()).isFalse();
  }

  @Test
  void asksOnceSoThatALaterAnswerChangesNothing() {
    AtomicInteger asked = new AtomicInteger();
    NameResolver rebinding =
        _ -> List.of(InetAddress.ofLiteral(asked.getAndIncrement() == 0 ? PUBLIC : "127.0.0.1"));

    Target target = admit(guard(rebinding), NAMED);

    assertThat(asked).hasValue(1);
    assertThat(target.addresses()).containsExactly(InetAddress.ofLiteral(PUBLIC));
  }

  @Test
  void refusesANameOfWhichOneAddressIsRefused() {
    assertBlocked(guard(TestPolicies.answering(PUBLIC, "169.254.169.254")), NAMED, "metadata");
  }

  @Test
  void filtersMixedAnswersWhereTheOperatorWantsIt() {
    EgressGuard filtering =
        TestPolicies.guard(
            TestPolicies.standard(),
            TestPolicies.answering("10.0.0.1", PUBLIC),
            MixedAnswers.FILTER);

    assertThat(admit(filtering, NAMED).addresses()).containsExactly(InetAddress.ofLiteral(PUBLIC));
    EgressGuard none =
        TestPolicies.guard(
            TestPolicies.standard(), TestPolicies.answering("10.0.0.1"), MixedAnswers.FILTER);
    assertBlocked(none, NAMED, "private");
  }

  @Test
  void refusesMoreAnswersThanAreJudgedSensibly() {
    List<InetAddress> many = java.util.Collections.nCopies(33, InetAddress.ofLiteral(PUBLIC));

    assertBlocked(guard(_ -> many), NAMED, "answers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]", "::ffff:10.0.0.1", "169.254.169.254"})
  void judgesALiteralWithoutLookingAnythingUp(String literal) {
    NameResolver none =
        _ -> {
          throw new AssertionError("was asked");
        };

    assertThatThrownBy(() -> admit(guard(none), TestPolicies.to(literal, 5432)))
        .isInstanceOf(Blocked.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.1", "2130706433", "0x7f.1", "localhost", "metadata"})
  void refusesSuchHostsBeforeTheyAreLookedUp(String host) {
    AtomicInteger asked = new AtomicInteger();
    NameResolver counting =
        _ -> {
          asked.incrementAndGet();
          return List.of(InetAddress.ofLiteral(PUBLIC));
        };

    assertThatThrownBy(() -> admit(guard(counting), TestPolicies.to(host, 5432)))
        .isInstanceOf(Blocked.class);
    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_536})
  void refusesPortsThatAreNone(int port) {
    assertBlocked(
        guard(TestPolicies.answering(PUBLIC)), TestPolicies.to("db.example", port), "port");
  }

  @Test
  void saysThatANameDoesNotResolve() {
    NameResolver failing =
        name -> {
          throw new UnknownHostException(name);
        };

    assertThatThrownBy(() -> admit(guard(failing), NAMED))
        .isInstanceOf(Dns.class)
        .hasNoCause()
        .hasMessageNotContaining("db.example");
  }

  @Test
  void releasesTheCallerWhenALookUpHangs() {
    CountDownLatch end = new CountDownLatch(1);
    EgressGuard slow = guard(hanging(end), new LookupSettings(Duration.ofMillis(50), 1, 10));

    assertThatThrownBy(() -> admit(slow, NAMED)).isInstanceOf(Timeout.class);
    assertThatThrownBy(() -> slow.admitNow(NAMED)).isInstanceOfAny(Timeout.class, Busy.class);
    end.countDown();
  }

  @Test
  void refusesMoreLookUpsThanMayWait() {
    CountDownLatch end = new CountDownLatch(1);
    EgressGuard slow = guard(hanging(end), new LookupSettings(Duration.ofSeconds(20), 1, 1));
    Uni<Target> admitting = slow.admit(NAMED);

    var first = admitting.subscribe().asCompletionStage();
    var second = admitting.subscribe().asCompletionStage();
    assertThatThrownBy(() -> admit(slow, NAMED)).isInstanceOf(Busy.class);
    end.countDown();

    assertThat(first.join().addresses()).hasSize(1);
    assertThat(second.join().addresses()).hasSize(1);
  }

  @Test
  void countsDecisionsByRule() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    EgressGuard guard =
        new EgressGuard(
            TestPolicies.standard(),
            MixedAnswers.REFUSE,
            TestPolicies.lookups(TestPolicies.answering(PUBLIC)),
            new EgressMetrics(registry));

    Target admitted = admit(guard, NAMED);
    assertBlocked(guard, TestPolicies.to("127.0.0.1", 5432), "loopback");

    assertThat(admitted.addresses()).isNotEmpty();
    assertThat(count(registry, "allowed", "none")).isEqualTo(1);
    assertThat(count(registry, "denied", "loopback")).isEqualTo(2);
  }

  private static double count(SimpleMeterRegistry registry, String outcome, String rule) {
    return registry
        .get("coffer.egress.decisions")
        .tags("outcome", outcome, "rule", rule)
        .counter()
        .count();
  }

  private static NameResolver hanging(CountDownLatch end) {
    return _ -> {
      awaitUninterrupted(end);
      return List.of(InetAddress.ofLiteral(PUBLIC));
    };
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EgressGuard guard(NameResolver resolver) {
    return TestPolicies.guard(TestPolicies.standard(), resolver);
  }

  private static EgressGuard guard(NameResolver resolver, LookupSettings settings) {
    return new EgressGuard(
        TestPolicies.standard(),
        MixedAnswers.REFUSE,
        new Lookups(resolver, settings),
        new EgressMetrics(new SimpleMeterRegistry()));
  }

  private static void assertBlocked(EgressGuard guard, Destination destination, String rule) {
    assertThatThrownBy(() -> admit(guard, destination))
        .isInstanceOfSatisfying(Blocked.class, b -> assertThat(b.rule()).isEqualTo(rule));
    assertThatThrownBy(() -> guard.admitNow(destination))
        .isInstanceOfSatisfying(Blocked.class, b -> assertThat(b.rule()).isEqualTo(rule));
  }

  private static Target admit(EgressGuard guard, Destination destination) {
    return guard.admit(destination).await().atMost(Duration.ofSeconds(10));
  }
}
