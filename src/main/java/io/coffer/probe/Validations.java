package io.coffer.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Recorder;
import io.coffer.access.Right;
import io.coffer.credential.Probeable;
import io.coffer.credential.Probeables;
import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import io.coffer.type.ValidatedFields;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Checks that somebody asks for. */
@ApplicationScoped
class Validations {

  private static final Logger LOG = Logger.getLogger(Validations.class);

  private final Probeables credentials;
  private final Checks checks;
  private final ProbeRunner runner;
  private final VerdictStore store;
  private final Recorder recorder;
  private final ProbesConfig config;
  private final Clock clock;

  Validations(
      Probeables credentials,
      Checks checks,
      ProbeRunner runner,
      VerdictStore store,
      Recorder recorder,
      ProbesConfig config,
      Clock clock) {
    this.credentials = credentials;
    this.checks = checks;
    this.runner = runner;
    this.store = store;
    this.recorder = recorder;
    this.config = config;
    this.clock = clock;
  }

  /** Checks a credential; empty if that takes longer, and goes on. */
  Uni<Optional<ValidationView>> validate(Caller caller, UUID id, Duration wait) {
    return credentials
        .find(caller, id, Checks.ACTION, Right.USE)
        .flatMap(
            credential ->
                Waiting.atMost(
                    checks.check(
                        credential,
                        checks.by(caller, Trigger.REQUEST),
                        Trigger.REQUEST,
                        config.remember().unknown()),
                    wait));
  }

  /** The verdicts on a credential: for its readers, and by its id for auditors. */
  Uni<ListView<ValidationView>> history(Caller caller, UUID id, ListQuery query) {
    return credentials.requireVisible(caller, id).chain(() -> store.of(id, query));
  }

  /** Takes note that a value failed in work, and begins to look at it again. */
  Uni<Void> report(Caller caller, UUID id) {
    return credentials
        .find(caller, id, "credential.report", Right.USE)
        .call(credential -> recorder.record(reported(caller, credential)))
        .invoke(
            credential ->
                checks
                    .check(
                        credential,
                        checks.by(caller, Trigger.REPORT),
                        Trigger.REPORT,
                        // Reports come in crowds, and one look answers them all.
                        config.remember().unknown())
                    .subscribe()
                    .with(
                        _ -> {},
                        failure ->
                            LOG.warnf(
                                "a reported credential was not checked: %s", failure.getClass())))
        .replaceWithVoid();
  }

  private AccessEvent reported(Caller caller, Probeable credential) {
    return AccessEvent.done(caller, "credential.report", clock.instant())
        .in(credential.organization())
        .about(
            AccessEvent.Target.credential(
                credential.id(), credential.version(), credential.revision()));
  }

  /**
   * Fields that nobody has stored.
   *
   * @param type slug, alias or id; null: the stored credential's
   * @param fields by id; null if none were sent
   * @param value the one string; null if none was sent
   * @param credential whose stored fields stand for those that are left out; null: nobody's
   */
  record Draft(
      @Nullable String type,
      @Nullable Map<String, JsonNode> fields,
      @Nullable String value,
      @Nullable UUID credential) {
    @Override
    public String toString() {
      return "Draft[redacted]";
    }
  }

  /** Looks at fields that are not stored; with those of a credential only for its admins. */
  Uni<ValidationView> draft(Caller caller, Draft draft) {
    UUID id = draft.credential();
    if (id == null) {
      return typeOf(caller, draft, null)
          .flatMap(type -> looked(caller, draft, type, null, SecretFields.none(), Checks.ANY_AGE));
    }
    // What is stored may go where the draft says: that takes who could change it anyway.
    return credentials
        .find(caller, id, Checks.ACTION, Right.ADMIN, Right.USE)
        .flatMap(
            stored ->
                typeOf(caller, draft, stored)
                    .flatMap(
                        type ->
                            recorder
                                .record(about(checks.by(caller, Trigger.DRAFT), stored))
                                .chain(() -> credentials.open(stored))
                                .flatMap(
                                    secrets ->
                                        looked(caller, draft, type, stored, secrets, Checks.ANY_AGE)
                                            .eventually(secrets::close))));
  }

  private Uni<CredentialType> typeOf(Caller caller, Draft draft, @Nullable Probeable stored) {
    String name = draft.type();
    return name == null && stored != null
        ? Uni.createFrom().item(stored.type())
        : credentials.type(caller, name == null ? "" : name);
  }

  private Uni<ValidationView> looked(
      Caller caller,
      Draft draft,
      CredentialType type,
      @Nullable Probeable stored,
      SecretFields secrets,
      Duration atMost) {
    UUID organization = stored == null ? caller.organization() : stored.organization();
    return Uni.createFrom()
        .deferred(
            () -> {
              ValidatedFields content =
                  credentials.draft(type, draft.fields(), draft.value(), stored, secrets);
              return runner
                  .look(
                      new ProbeRunner.Subject(
                          organization, type, content.plain(), content.secret()),
                      atMost)
                  .eventually(content::close);
            })
        .map(
            checked ->
                ValidationView.of(draft.credential(), null, Trigger.DRAFT, checked, Standing.NONE))
        .plug(Waiting::onOwnContext);
  }

  private static AccessEvent about(AccessEvent event, Probeable credential) {
    return event
        .in(credential.organization())
        .about(
            AccessEvent.Target.credential(
                credential.id(), credential.version(), credential.revision()));
  }
}
