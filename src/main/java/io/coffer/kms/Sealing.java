package io.coffer.kms;

import io.coffer.crypto.Envelope;
import io.coffer.crypto.FieldCodec;
import io.coffer.crypto.UnsealFailure;
import io.coffer.secret.Binding;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Seals the secret fields of one object and opens them again; the one way to do so. In the steady
 * state neither calls the key management service or the database, and both answer at once on the
 * caller's thread. Nothing of one organization is ever sealed or opened under another's data key.
 *
 * <p>Failures: {@link UnsealFailure} for what does not open, never retryable; {@link KmsFailure}
 * and {@link KeyFailure} when the data key cannot be had.
 */
public final class Sealing {

  private final DataKeys keys;
  private final KeyMetrics metrics;

  Sealing(DataKeys keys, KeyMetrics metrics) {
    this.keys = keys;
    this.metrics = metrics;
  }

  /**
   * Seals the fields under a data key of the binding's organization.
   *
   * @param fields stays the caller's, who keeps it open until the answer is there
   */
  public Uni<Sealed> seal(Binding binding, SecretFields fields) {
    return keys.sealing()
        .next(binding.organization())
        .map(key -> sealAndRelease(key, binding, fields));
  }

  /**
   * Opens what was sealed for exactly this binding.
   *
   * @return the fields, which the subscriber closes
   */
  public Uni<SecretFields> open(Binding binding, byte[] sealed) {
    return open(() -> binding, sealed);
  }

  /**
   * As {@link #open(Binding, byte[])}, for a binding that is read from a row.
   *
   * @param binding fails with an {@link UnsealFailure} if the row holds what no value was ever
   *     sealed for
   */
  public Uni<SecretFields> open(Supplier<Binding> binding, byte[] sealed) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Binding known = binding.get();
              return keys.cache().use(Envelope.dataKeyId(sealed), key -> open(key, known, sealed));
            })
        .onFailure(UnsealFailure.class)
        .invoke(failure -> metrics.unsealFailed((UnsealFailure) failure));
  }

  /** Makes keys ahead for an organization that was just seen; answers when a seal need not wait. */
  public Uni<Void> prepare(UUID organization) {
    return keys.sealing().prepare(organization);
  }

  /** Like {@link #prepare}, with nobody waiting; a failure is counted. */
  void prepareInBackground(UUID organization) {
    prepare(organization).subscribe().with(_ -> {}, metrics::refillFailed);
  }

  /**
   * Destroys the data key of a purged value if it sealed that value alone, so that no copy of the
   * sealed value opens any more; false if the key seals other values too.
   */
  public Uni<Boolean> destroyKeyOf(byte[] sealed) {
    return Uni.createFrom().deferred(() -> keys.destroySingleUse(Envelope.dataKeyId(sealed)));
  }

  private static Sealed sealAndRelease(HeldKey key, Binding binding, SecretFields fields) {
    try (SecretValue plaintext = FieldCodec.encode(fields)) {
      return key.use(
          binding.organization(),
          KeyPurpose.VALUES,
          dataKey -> new Sealed(Envelope.seal(dataKey, binding, plaintext), dataKey.id()));
    } finally {
      key.release();
    }
  }

  private static SecretFields open(HeldKey key, Binding binding, byte[] sealed) {
    return key.use(
        binding.organization(),
        KeyPurpose.VALUES,
        dataKey -> {
          try (SecretValue plaintext = Envelope.open(dataKey, binding, sealed)) {
            return FieldCodec.decode(plaintext);
          }
        });
  }
}
