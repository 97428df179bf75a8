package io.coffer.probe;

import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import io.coffer.type.FieldValidator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Has values looked at: within the permits, before the deadline, equal ones once. It decides no
 * right, records nothing and stores nothing; who calls it has done the first two.
 */
@ApplicationScoped
class ProbeRunner {

  private static final Logger LOG = Logger.getLogger(ProbeRunner.class);

  /** How much longer than its deadline a probe may take to notice it. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ProbeKinds kinds;
  private final ContentKey contentKey;
  private final FieldValidator validator;
  private final ProbeMetrics metrics;
  private final ProbesConfig config;
  private final Clock clock;
  private final Permits permits;
  private final VerdictMemory memory;

  ProbeRunner(
      ProbeKinds kinds,
      ContentKey contentKey,
      FieldValidator validator,
      ProbeMetrics metrics,
      MeterRegistry registry,
      ProbesConfig config,
      Clock clock) {
    this.kinds = kinds;
    this.contentKey = contentKey;
    this.validator = validator;
    this.metrics = metrics;
    this.config = config;
    this.clock = clock;
    this.permits =
        new Permits(config.atOnce(), config.perOrganization(), config.perHost(), config.waiting());
    this.memory = new VerdictMemory(config.remember(), clock);
    Gauge.builder("coffer.probe.running", permits, Permits::running)
        .description("Checks of credentials under way")
        .register(registry);
    Gauge.builder("coffer.probe.waiting", permits, Permits::queued)
        .description("Checks of credentials that wait for their turn")
        .register(registry);
  }

  /** The gauges are there before the first check. */
  void start(@Observes StartupEvent event) {}

  /**
   * A value to look at.
   *
   * @param organization on whose behalf
   * @param secrets stay the caller's, open until the Uni of {@link #look} has ended
   */
  record Subject(
      UUID organization, CredentialType type, Map<String, Object> plain, SecretFields secrets) {
    @Override
    public String toString() {
      return "Subject[" + type.slug() + ']';
    }
  }

  /** Whether anything can look at such a credential, so that its value is worth opening. */
  boolean canLook(CredentialType type, Map<String, Object> plain) {
    return kinds.of(type, plain).isPresent();
  }

  /** The host that the value would go to; empty if nobody can tell, or nothing looks. */
  String host(UUID organization, CredentialType type, Map<String, Object> plain) {
    return kinds
        .of(type, plain)
        .map(
            chosen ->
                chosen
                    .probe()
                    .host(
                        request(
                            new Subject(organization, type, plain, SecretFields.none()), chosen)))
        .orElse("");
  }

  /**
   * Looks, or remembers.
   *
   * @param atMost how old a remembered verdict may be
   * @return fails with {@link ProbeFailure} alone
   */
  Uni<Checked> look(Subject subject, Duration atMost) {
    return Uni.createFrom().deferred(() -> lookNow(subject, atMost));
  }

  private Uni<Checked> lookNow(Subject subject, Duration atMost) {
    Optional<ProbeKinds.Chosen> found = kinds.of(subject.type(), subject.plain());
    if (found.isEmpty()) {
      return Uni.createFrom().item(now(Verdict.notProbed()));
    }
    if (isIncomplete(subject)) {
      return Uni.createFrom().item(now(Verdict.unknown(Reason.INCOMPLETE)));
    }
    ProbeKinds.Chosen chosen = found.get();
    ByteBuffer key = contentKey.of(subject.organization(), chosen, request(subject, chosen));
    Optional<Checked> known = memory.find(key, atMost);
    if (known.isPresent()) {
      metrics.remembered();
      return Uni.createFrom().item(known.get());
    }
    return memory.share(key, () -> inTurn(subject, chosen));
  }

  private boolean isIncomplete(Subject subject) {
    Set<String> present = new HashSet<>(subject.plain().keySet());
    present.addAll(subject.secrets().ids());
    return !validator.missing(subject.type(), present, subject.plain()).isEmpty();
  }

  /** The look may outlive whoever asked for it, and has a value of its own. */
  private Uni<Checked> inTurn(Subject asked, ProbeKinds.Chosen chosen) {
    SecretFields own = asked.secrets().copy();
    Subject subject = new Subject(asked.organization(), asked.type(), asked.plain(), own);
    String host = chosen.probe().host(request(subject, chosen));
    return permits
        .run(subject.organization(), host, () -> probed(subject, chosen))
        .eventually(own::close)
        .onFailure(ProbeFailure.Busy.class)
        .invoke(metrics::refused);
  }

  private Uni<Checked> probed(Subject subject, ProbeKinds.Chosen chosen) {
    Instant begin = clock.instant();
    return Uni.createFrom()
        .deferred(() -> chosen.probe().probe(request(subject, chosen)))
        .ifNoItem()
        .after(config.deadline().plus(GRACE))
        .recoverWithItem(() -> Verdict.unknown(Reason.TIMEOUT))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf("the probe %s failed: %s", chosen.probe().kind(), failure.getClass());
              return Verdict.unknown(Reason.INCONCLUSIVE);
            })
        .map(verdict -> withExpiry(Redaction.of(verdict, subject.secrets()), subject))
        .map(
            verdict -> {
              Instant end = clock.instant().truncatedTo(ChronoUnit.MICROS);
              return new Checked(
                  verdict,
                  chosen.probe().kind(),
                  chosen.probe().version(),
                  Duration.between(begin, end),
                  end);
            })
        .invoke(checked -> metrics.looked(subject.type().slug(), checked));
  }

  /** What the provider told of the end counts before what the value itself says. */
  private Verdict withExpiry(Verdict verdict, Subject subject) {
    Instant end = verdict.expiresAt();
    if (end == null) {
      end = ValueExpiry.of(subject.plain(), subject.secrets()).orElse(null);
    }
    if (end == null) {
      return verdict;
    }
    Verdict told = verdict.withExpiry(end);
    boolean near = end.isBefore(clock.instant().plus(config.nearExpiry()));
    return near ? told.withWarnings(Warning.NEAR_EXPIRY) : told;
  }

  private ProbeRequest request(Subject subject, ProbeKinds.Chosen chosen) {
    return new ProbeRequest(
        subject.organization(),
        subject.type(),
        chosen.setting(),
        subject.plain(),
        subject.secrets(),
        clock.instant().plus(config.deadline()));
  }

  /** A verdict that needs no call. */
  Checked now(Verdict verdict) {
    return Checked.without(verdict, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** How many checks are under way. */
  int running() {
    return permits.running();
  }

  /** How many wait for their turn. */
  int waiting() {
    return permits.queued();
  }
}
