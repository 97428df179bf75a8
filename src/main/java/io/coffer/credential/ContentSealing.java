package io.coffer.credential;

import io.coffer.crypto.PlainDigest;
import io.coffer.crypto.UnsealFailure;
import io.coffer.kms.Sealed;
import io.coffer.kms.Sealing;
import io.coffer.secret.Binding;
import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import io.coffer.type.Masks;
import io.coffer.type.PassphraseCheck;
import io.coffer.type.ValidatedFields;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Seals the content of credentials under their binding and opens it. Both outside transactions. */
@ApplicationScoped
public class ContentSealing {

  private static final Logger LOG = Logger.getLogger(ContentSealing.class);

  private final Sealing sealing;
  private final Masks masks;
  private final PassphraseCheck passphrases;

  ContentSealing(Sealing sealing, Masks masks, PassphraseCheck passphrases) {
    this.sealing = sealing;
    this.masks = masks;
    this.passphrases = passphrases;
  }

  /**
   * What stands in a row after a sealing.
   *
   * @param plain the plain fields that the binding carries
   * @param secretIds the ids of the secret fields, in order
   * @param mask what may be shown
   * @param sealed the sealed value
   */
  record SealedContent(
      Map<String, Object> plain, List<String> secretIds, String mask, Sealed sealed) {

    /** Puts it into the row, whose verdict was about what was there before. */
    void writeTo(CredentialEntity row) {
      row.plain = plain;
      row.secretIds = secretIds.toArray(String[]::new);
      row.maskedContent = mask;
      row.sealed = sealed.bytes();
      row.dataKey = sealed.dataKeyId();
      row.isValid = null;
      row.verdict = "not_probed";
      row.verdictReason = null;
      row.usable = null;
      row.warnings = new String[0];
      row.valueExpiresAt = null;
      row.checkedAt = null;
      row.nextCheckAt = null;
    }
  }

  /**
   * Seals the content for the version of the credential, once a new passphrase was seen to open its
   * key; closes the content in any case.
   */
  Uni<SealedContent> seal(
      CredentialType type, UUID organization, UUID id, int version, ValidatedFields content) {
    Binding binding = binding(organization, id, version, type.id(), content.plain());
    String mask = masks.mask(type, content.plain(), content.secret());
    List<String> ids = List.copyOf(content.secret().ids());
    return passphrases
        .check(type, content)
        .chain(() -> sealing.seal(binding, content.secret()))
        .map(value -> new SealedContent(content.plain(), ids, mask, value))
        .eventually(content::close);
  }

  /** The secret fields of a credential that is not purged; the subscriber closes them. */
  Uni<SecretFields> open(CredentialEntity row) {
    byte[] sealed = Objects.requireNonNull(row.sealed, "a purged credential has no value");
    return open(row.organization, row.id, row.version, row.type, row.plain, sealed);
  }

  /** The secret fields behind a sealed value; the subscriber closes them. */
  public Uni<SecretFields> open(
      UUID organization,
      UUID id,
      int version,
      UUID type,
      Map<String, Object> plain,
      byte[] sealed) {
    return sealing.open(() -> storedBinding(organization, id, version, type, plain), sealed);
  }

  /**
   * Destroys the data key of a value that was purged, replaced or never stored, if it sealed
   * nothing else. What was done stands whether or not this succeeds.
   */
  Uni<Void> destroyKeyOf(byte[] sealed) {
    return sealing
        .destroyKeyOf(sealed)
        .onFailure()
        .invoke(failure -> LOG.warnf("a data key was not destroyed: %s", failure.getClass()))
        .onFailure()
        .recoverWithItem(false)
        .replaceWithVoid();
  }

  /**
   * Stores what was sealed. When it certainly was not stored, the data key goes if it seals nothing
   * else; when nobody knows, as after a lost connection, the key stays.
   */
  <T> Uni<T> stored(SealedContent content, Supplier<Uni<T>> write) {
    return Uni.createFrom()
        .deferred(write::get)
        .onFailure(CredentialWriter::hasRefused)
        .call(() -> destroyKeyOf(content.sealed().bytes()));
  }

  /** Of a row that somebody may have edited. */
  private static Binding storedBinding(
      UUID organization, UUID id, int version, UUID type, Map<String, Object> plain) {
    try {
      return binding(organization, id, version, type, plain);
    } catch (IllegalArgumentException e) {
      throw new UnsealFailure.UnfitBinding();
    }
  }

  private static Binding binding(
      UUID organization, UUID id, int version, UUID type, Map<String, Object> plain) {
    return new Binding(
        Binding.Kind.CREDENTIAL, organization, id, version, type, PlainDigest.of(plain));
  }
}
