package io.coffer.credential;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Caller;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.RowTags;
import io.coffer.web.InvalidHeader;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a day which credential a create with an {@code Idempotency-Key} made, so that a
 * client that lost the answer can ask again. Of the body it keeps a keyed tag alone: a plain digest
 * of a short password could be guessed.
 */
@ApplicationScoped
class Idempotency {

  private static final Duration KEPT_FOR = Duration.ofHours(24);
  private static final String DOMAIN = "idempotency";
  private static final Pattern ACCEPTED = Pattern.compile("[\\x20-\\x7e]{1,255}");

  private final RowTags tags;
  private final Clock clock;

  Idempotency(RowTags tags, Clock clock) {
    this.tags = tags;
    this.clock = clock;
  }

  /**
   * What the client sent.
   *
   * @param key its key, at most 255 characters
   * @param body its body; wiped by nobody, as the JSON text it was read from is not either
   */
  record Key(String key, byte[] body) {
    @Override
    public String toString() {
      return "Key[redacted]";
    }
  }

  /** The key of a request; empty if it sent none. */
  static Optional<Key> key(@Nullable String header, @Nullable JsonNode body) {
    if (header == null || body == null) {
      return Optional.empty();
    }
    if (!ACCEPTED.matcher(header).matches()) {
      throw new InvalidHeader(
          "Idempotency-Key", "It must have 1 to 255 printable ASCII characters.");
    }
    return Optional.of(new Key(header, body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Which credential an earlier request of the caller with the same key and body made.
   *
   * @return fails with {@link CredentialFailure.IdempotentPurged} if that credential was purged: a
   *     new one would be made by a request that may be as old as the first; with {@link
   *     CredentialFailure.IdempotentDeleted} if it was deleted and can be restored
   */
  Uni<Optional<UUID>> earlier(Caller caller, Key key) {
    return Panache.withSession(
            () -> Panache.getSession().chain(session -> find(session, caller, key)))
        .flatMap(
            kept ->
                kept.isEmpty()
                    ? Uni.createFrom().item(Optional.<UUID>empty())
                    : verified(key, kept.get()));
  }

  /** The tag to be kept with the credential. */
  Uni<byte[]> tag(Key key) {
    return tags.tag(KeyPurpose.ROWS, DOMAIN, key.body());
  }

  /** Remembers the credential, in the transaction that makes it. */
  Uni<Void> remember(
      Mutiny.Session session, Caller caller, Key key, byte[] tag, CredentialEntity made) {
    return session
        .createNativeQuery("delete from idempotency_key where created_at < ?1")
        .setParameter(1, oldest())
        .executeUpdate()
        .chain(
            () ->
                session
                    .createNativeQuery(
                        "insert into idempotency_key (principal, organization, idempotency_key,"
                            + " body_hmac, credential, created_at) values (?1, ?2, ?3, ?4, ?5, ?6)")
                    .setParameter(1, caller.principal())
                    .setParameter(2, caller.organization())
                    .setParameter(3, key.key())
                    .setParameter(4, tag)
                    .setParameter(5, made.id)
                    .setParameter(6, clock.instant())
                    .executeUpdate())
        .replaceWithVoid();
  }

  private record Kept(UUID credential, byte[] tag, boolean deleted, boolean purged) {}

  private Uni<Optional<Kept>> find(Mutiny.Session session, Caller caller, Key key) {
    return session
        .createNativeQuery(
            "select k.credential, k.body_hmac, c.deleted_at is not null, c.purged_at is not null"
                + " from idempotency_key k join credential c on c.id = k.credential where k.principal = ?1"
                + " and k.organization = ?2 and k.idempotency_key = ?3 and k.created_at >= ?4",
            Object[].class)
        .setParameter(1, caller.principal())
        .setParameter(2, caller.organization())
        .setParameter(3, key.key())
        .setParameter(4, oldest())
        .getSingleResultOrNull()
        .map(row -> Optional.ofNullable(row).map(Idempotency::kept));
  }

  private Uni<Optional<UUID>> verified(Key key, Kept kept) {
    return tags.verify(KeyPurpose.ROWS, DOMAIN, key.body(), kept.tag())
        .map(
            same -> {
              if (!same) {
                throw new CredentialFailure.IdempotencyKeyReused();
              }
              if (kept.purged()) {
                throw new CredentialFailure.IdempotentPurged(kept.credential());
              }
              if (kept.deleted()) {
                throw new CredentialFailure.IdempotentDeleted(kept.credential());
              }
              return Optional.of(kept.credential());
            });
  }

  private static Kept kept(Object[] row) {
    return new Kept((UUID) row[0], bytes(row[1]), (Boolean) row[2], (Boolean) row[3]);
  }

  private Instant oldest() {
    return clock.instant().minus(KEPT_FOR);
  }

  private static byte[] bytes(Object column) {
    return column instanceof Buffer buffer ? buffer.getBytes() : (byte[]) column;
  }
}
