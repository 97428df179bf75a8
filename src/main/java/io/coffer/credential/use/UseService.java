package io.coffer.credential.use;

import io.coffer.access.AccessEvent;
import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.access.Right;
import io.coffer.credential.ContentSealing;
import io.coffer.credential.CredentialFailure;
import io.coffer.credential.use.UseCandidates.Finder;
import io.coffer.crypto.UnsealFailure;
import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import io.coffer.type.CredentialTypes;
import io.coffer.type.FieldValidator;
import io.coffer.type.RenderForm;
import io.coffer.type.Renderer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hands values out to those who may use them: decides, opens, renders, records, in this order. */
@ApplicationScoped
class UseService {

  private static final String ACTION = "use";

  private final CredentialTypes types;
  private final ContentSealing sealing;
  private final FieldValidator validator;
  private final Renderer renderer;
  private final Recorder recorder;
  private final LastUses lastUses;
  private final UseMetrics metrics;
  private final Clock clock;

  UseService(
      CredentialTypes types,
      ContentSealing sealing,
      FieldValidator validator,
      Renderer renderer,
      Recorder recorder,
      LastUses lastUses,
      UseMetrics metrics,
      Clock clock) {
    this.types = types;
    this.sealing = sealing;
    this.validator = validator;
    this.renderer = renderer;
    this.recorder = recorder;
    this.lastUses = lastUses;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * The value of one credential; whoever gets it closes it. Its record is durable by then.
   *
   * @param finder finds what the caller may mean by the selection
   */
  Uni<UsedValue> use(Caller caller, Selection selection, RenderForm form, Finder finder) {
    return finder
        .find(selection)
        .map(found -> choose(found, selection))
        .onFailure(Denied.NotVisible.class)
        .invoke(() -> recorder.note(notVisible(caller, selection)))
        .call(chosen -> requireUse(caller, chosen))
        .flatMap(
            chosen ->
                open(chosen, form)
                    .onFailure(UnsealFailure.class)
                    .invoke(() -> doesNotOpen(caller, chosen)))
        .call(value -> record(caller, value))
        .onFailure()
        .invoke(metrics::refused);
  }

  /** The caller's own come first; several in one place are the caller's to tell apart. */
  static UsableCredential choose(List<UsableCredential> found, Selection selection) {
    if (found.isEmpty()) {
      throw new Denied.NotVisible();
    }
    if (!(selection instanceof Selection.ByName byName)) {
      return found.getFirst();
    }
    List<UsableCredential> own = found.stream().filter(UsableCredential::own).toList();
    List<UsableCredential> place = exact(own.isEmpty() ? found : own, byName.name());
    if (place.size() > 1) {
      throw new CredentialFailure.Ambiguous(place.stream().map(UsableCredential::id).toList());
    }
    return place.getFirst();
  }

  /** What came by an API whose names differ by case does not hide what has just this name. */
  private static List<UsableCredential> exact(List<UsableCredential> found, String name) {
    List<UsableCredential> exact = found.stream().filter(it -> it.name().equals(name)).toList();
    return exact.isEmpty() ? found : exact;
  }

  private Uni<Void> requireUse(Caller caller, UsableCredential chosen) {
    if (chosen.rights().has(Right.USE)) {
      return Uni.createFrom().voidItem();
    }
    recorder.note(event(caller, chosen).ended(AccessEvent.Outcome.REFUSED, "missing_role"));
    return Uni.createFrom().failure(new Denied.MissingRole(Set.of(Right.USE.wireName())));
  }

  /** Of what nobody may know that it exists, the record knows what was asked for. */
  private AccessEvent notVisible(Caller caller, Selection selection) {
    AccessEvent event =
        AccessEvent.done(caller, ACTION, clock.instant())
            .ended(AccessEvent.Outcome.REFUSED, "not_visible");
    return selection instanceof Selection.ById byId
        ? event.about(AccessEvent.Target.of("credential", byId.id()))
        : event;
  }

  private void doesNotOpen(Caller caller, UsableCredential chosen) {
    recorder.note(event(caller, chosen).ended(AccessEvent.Outcome.FAILED, "undecryptable"));
  }

  private Uni<UsedValue> open(UsableCredential chosen, RenderForm form) {
    return types
        .byId(chosen.type())
        .flatMap(
            type ->
                sealing
                    .open(
                        chosen.organization(),
                        chosen.id(),
                        chosen.version(),
                        chosen.type(),
                        chosen.plain(),
                        chosen.sealed())
                    .map(secrets -> render(chosen, type, secrets, form)));
  }

  private UsedValue render(
      UsableCredential chosen, CredentialType type, SecretFields secrets, RenderForm form) {
    try (secrets) {
      Set<String> present = new HashSet<>(chosen.plain().keySet());
      present.addAll(secrets.ids());
      validator.requireUsable(type, present, chosen.plain());
      return new UsedValue(
          chosen, type.slug(), form, renderer.render(type, form, chosen.plain(), secrets));
    }
  }

  private Uni<Void> record(Caller caller, UsedValue value) {
    Instant now = clock.instant();
    return recorder
        .record(event(caller, value.credential()))
        .invoke(
            () -> {
              lastUses.note(value.credential().id(), now);
              metrics.used();
            })
        .onFailure()
        .invoke(value::close)
        .onCancellation()
        .invoke(value::close);
  }

  private AccessEvent event(Caller caller, UsableCredential credential) {
    return AccessEvent.done(caller, ACTION, clock.instant())
        .in(credential.organization())
        .about(
            AccessEvent.Target.credential(
                credential.id(), credential.version(), credential.revision()));
  }
}
