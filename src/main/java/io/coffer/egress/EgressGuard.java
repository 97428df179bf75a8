package io.coffer.egress;

import io.coffer.egress.EgressConfig.MixedAnswers;
import io.coffer.egress.EgressFailure.Blocked;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Resolves where somebody wants to go, judges it, and pins it. */
public final class EgressGuard {

  private static final Logger LOG = Logger.getLogger(EgressGuard.class);
  private static final int MOST_ANSWERS = 32;

  private final EgressPolicy policy;
  private final MixedAnswers mixed;
  private final Lookups lookups;
  private final EgressMetrics metrics;

  EgressGuard(EgressPolicy policy, MixedAnswers mixed, Lookups lookups, EgressMetrics metrics) {
    this.policy = policy;
    this.mixed = mixed;
    this.lookups = lookups;
    this.metrics = metrics;
  }

  /**
   * Admits a destination.
   *
   * @return the addresses to connect to; fails with {@link EgressFailure}: {@code Blocked}, {@code
   *     Dns}, {@code Timeout} of the look-up, {@code Busy}
   */
  public Uni<Target> admit(Destination destination) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Optional<InetAddress> literal = begin(destination);
              return literal.isPresent()
                  ? Uni.createFrom().item(List.of(literal.get()))
                  : lookups.find(destination.host());
            })
        .map(addresses -> decide(destination, addresses))
        .onFailure(Blocked.class)
        .invoke(failure -> told(destination, (Blocked) failure));
  }

  /**
   * As {@link #admit}, for a thread that may wait.
   *
   * @throws EgressFailure as {@link #admit} fails
   */
  Target admitNow(Destination destination) {
    try {
      Optional<InetAddress> literal = begin(destination);
      List<InetAddress> addresses =
          literal.isPresent() ? List.of(literal.get()) : lookups.findNow(destination.host());
      return decide(destination, addresses);
    } catch (Blocked blocked) {
      told(destination, blocked);
      throw blocked;
    }
  }

  /** Judges the host as written. The address if it is one; empty for a name yet to be resolved. */
  private Optional<InetAddress> begin(Destination destination) {
    if (destination.port() < 1 || destination.port() > Ports.HIGHEST) {
      throw new Blocked("port");
    }
    if (policy.name(destination) instanceof Decision.Denied denied) {
      throw new Blocked(denied.rule());
    }
    return HostText.of(destination.host()).map(HostText::address);
  }

  private Target decide(Destination destination, List<InetAddress> addresses) {
    List<InetAddress> allowed = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    boolean opened = true;
    for (InetAddress address : addresses) {
      switch (policy.address(address, destination)) {
        case Decision.Allowed yes -> {
          allowed.add(address);
          opened &= yes.opened();
        }
        case Decision.Denied no -> rules.add(no.rule());
      }
    }
    boolean refused = mixed == MixedAnswers.REFUSE ? !rules.isEmpty() : allowed.isEmpty();
    if (refused || addresses.size() > MOST_ANSWERS) {
      throw new Blocked(rules.isEmpty() ? "answers" : rules.getFirst());
    }
    metrics.allowed();
    return new Target(destination, allowed, opened);
  }

  private void told(Destination destination, Blocked blocked) {
    metrics.denied(blocked.rule());
    LOG.infof(
        "an outgoing call was blocked: rule=%s organization=%s",
        blocked.rule(), destination.organization());
  }
}
