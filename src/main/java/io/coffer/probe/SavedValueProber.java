package io.coffer.probe;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Recorder;
import io.coffer.credential.Prober;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tries values before they are stored. */
@ApplicationScoped
class SavedValueProber implements Prober {

  private static final Logger LOG = Logger.getLogger(SavedValueProber.class);

  private final Checks checks;
  private final ProbeRunner runner;
  private final VerdictStore store;
  private final Recorder recorder;

  SavedValueProber(Checks checks, ProbeRunner runner, VerdictStore store, Recorder recorder) {
    this.checks = checks;
    this.runner = runner;
    this.store = store;
    this.recorder = recorder;
  }

  @Override
  public Uni<Trial> tryOut(Caller caller, Candidate candidate) {
    ProbeRunner.Subject subject =
        new ProbeRunner.Subject(
            candidate.organization(), candidate.type(), candidate.plain(), candidate.secrets());
    // Stored secrets that stay may be among them: this opens and sends them as any check does.
    AccessEvent event =
        checks
            .by(caller, Trigger.SAVE)
            .in(candidate.organization())
            .about(AccessEvent.Target.of("credential", candidate.credential()));
    boolean looks = runner.canLook(candidate.type(), candidate.plain());
    return (looks ? recorder.record(event) : Uni.createFrom().voidItem())
        .chain(() -> runner.look(subject, Checks.ANY_AGE))
        .<Trial>map(checked -> new Shown(candidate, looks, checked))
        .plug(Waiting::onOwnContext);
  }

  private final class Shown implements Trial {
    private final Candidate candidate;
    private final boolean looked;
    private final Checked checked;

    Shown(Candidate candidate, boolean looked, Checked checked) {
      this.candidate = candidate;
      this.looked = looked;
      this.checked = checked;
    }

    @Override
    public boolean refused() {
      return checked.verdict().finding() == Finding.INVALID;
    }

    @Override
    public String reason() {
      return checked.verdict().reason().wireName();
    }

    /** The credential is stored; that a verdict on it is not can be made good by the next check. */
    @Override
    public Uni<Void> keep() {
      if (!looked) {
        return Uni.createFrom().voidItem();
      }
      return store
          .keep(
              candidate.credential(), candidate.version(), candidate.type(), Trigger.SAVE, checked)
          .replaceWithVoid()
          .onFailure()
          .invoke(failure -> LOG.warnf("a verdict was not kept: %s", failure.getClass()))
          .onFailure()
          .recoverWithNull()
          .replaceWithVoid();
    }
  }
}
