package io.coffer.probe;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Recorder;
import io.coffer.credential.Probeable;
import io.coffer.credential.Probeables;
import io.coffer.crypto.UnsealFailure;
import io.coffer.secret.SecretFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Checks stored credentials. The record of it is durable before the value is opened, whoever asks;
 * then the value is looked at, and the verdict kept.
 */
@ApplicationScoped
class Checks {

  /** What records call it. */
  static final String ACTION = "credential.probe";

  /** As old as a remembered verdict may ever be. */
  static final Duration ANY_AGE = Duration.ofDays(1);

  private final Probeables credentials;
  private final ProbeRunner runner;
  private final VerdictStore store;
  private final Recorder recorder;
  private final Clock clock;

  Checks(
      Probeables credentials,
      ProbeRunner runner,
      VerdictStore store,
      Recorder recorder,
      Clock clock) {
    this.credentials = credentials;
    this.runner = runner;
    this.store = store;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** On behalf of somebody. */
  AccessEvent by(Caller caller, Trigger trigger) {
    return AccessEvent.done(caller, ACTION, clock.instant())
        .with(Map.of("cause", trigger.wireName()));
  }

  /** On the service's own account. */
  AccessEvent byCoffer(Trigger trigger) {
    return AccessEvent.byCoffer(ACTION, clock.instant(), AccessEvent.Outcome.DONE)
        .with(Map.of("cause", trigger.wireName()));
  }

  /**
   * Checks a credential. Nothing is opened, recorded or kept where nothing can look.
   *
   * @param event who has it checked
   * @param atMost how old a remembered verdict may be
   * @return fails if the check could not be made: no record, no data key, too much waiting
   */
  Uni<ValidationView> check(
      Probeable credential, AccessEvent event, Trigger trigger, Duration atMost) {
    if (!runner.canLook(credential.type(), credential.plain())) {
      return Uni.createFrom()
          .item(() -> view(credential, trigger, runner.now(Verdict.notProbed()), Standing.NONE));
    }
    AccessEvent about =
        event
            .in(credential.organization())
            .about(
                AccessEvent.Target.credential(
                    credential.id(), credential.version(), credential.revision()));
    return recorder
        .record(about)
        .chain(() -> looked(credential, about, atMost))
        .flatMap(
            checked ->
                store
                    .keep(
                        credential.id(), credential.version(), credential.type(), trigger, checked)
                    .map(standing -> view(credential, trigger, checked, standing)));
  }

  private Uni<Checked> looked(Probeable credential, AccessEvent about, Duration atMost) {
    return credentials
        .open(credential)
        .flatMap(secrets -> look(credential, secrets, atMost))
        .onFailure(UnsealFailure.class)
        .invoke(() -> recorder.note(about.ended(AccessEvent.Outcome.FAILED, "undecryptable")))
        .onFailure(UnsealFailure.class)
        .recoverWithItem(() -> runner.now(Verdict.unknown(Reason.UNDECRYPTABLE)));
  }

  private Uni<Checked> look(Probeable credential, SecretFields secrets, Duration atMost) {
    return runner
        .look(
            new ProbeRunner.Subject(
                credential.organization(), credential.type(), credential.plain(), secrets),
            atMost)
        .eventually(secrets::close);
  }

  private static ValidationView view(
      Probeable credential, Trigger trigger, Checked checked, Standing standing) {
    return ValidationView.of(credential.id(), credential.version(), trigger, checked, standing);
  }
}
