package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.credential.ContentSealing.SealedContent;
import io.coffer.type.CredentialType;
import io.coffer.type.ValidatedFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries values before they are stored, where the request asks for it. */
@ApplicationScoped
class ValueTrials {

  private final Instance<Prober> prober;
  private final TypedContent contents;
  private final ContentSealing sealing;

  ValueTrials(Instance<Prober> prober, TypedContent contents, ContentSealing sealing) {
    this.prober = prober;
    this.contents = contents;
    this.sealing = sealing;
  }

  /**
   * A sealed content and what its trial has shown.
   *
   * @param trial null if none was asked for
   */
  record Tried(SealedContent sealed, Prober.@Nullable Trial trial) {}

  /**
   * Seals the content, once it was not refused; closes it in any case.
   *
   * @param wanted whether it is tried
   * @param row whose content it will be
   * @return fails with {@link CredentialFailure.ValueRefused}
   */
  Uni<Tried> sealedAfterTrial(
      Caller caller,
      boolean wanted,
      CredentialType type,
      Content sent,
      CredentialEntity row,
      int version,
      ValidatedFields content) {
    Supplier<Uni<SealedContent>> seal =
        () ->
            contents.told(
                type, sent, sealing.seal(type, row.organization, row.id, version, content));
    if (!wanted) {
      return seal.get().map(value -> new Tried(value, null));
    }
    Prober.Candidate candidate =
        new Prober.Candidate(
            row.organization, row.id, version, type, content.plain(), content.secret());
    return prober
        .get()
        .tryOut(caller, candidate)
        .invoke(ValueTrials::requireNotRefused)
        .chain(trial -> seal.get().map(value -> new Tried(value, trial)))
        // Sealing closes it as well, which does no harm.
        .eventually(content::close);
  }

  /** Stores what the trial has shown, after the credential; then it is read again with it. */
  Uni<Typed> kept(Tried tried, Uni<Typed> write, Supplier<Uni<Typed>> again) {
    Prober.Trial trial = tried.trial();
    return trial == null ? write : write.call(trial::keep).chain(_ -> again.get());
  }

  private static void requireNotRefused(Prober.Trial trial) {
    if (trial.refused()) {
      throw new CredentialFailure.ValueRefused(trial.reason());
    }
  }
}
