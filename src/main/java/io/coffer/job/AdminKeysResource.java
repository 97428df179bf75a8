package io.coffer.job;

import io.coffer.access.AccessEvent;
import io.coffer.access.Actor;
import io.coffer.access.Callers;
import io.coffer.access.Denied;
import io.coffer.access.Recorder;
import io.coffer.kms.KekUse;
import io.coffer.kms.KeyRef;
import io.coffer.kms.KmsProviders;
import io.coffer.kms.Rewrapping;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Data keys by the key that wraps them, and moving them to another one. */
@Path("/api/v1/admin/keys")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
public class AdminKeysResource {

  private final Callers callers;
  private final Rewrapping rewrapping;
  private final KeyRewraps rewraps;
  private final KmsProviders providers;
  private final Recorder recorder;

  AdminKeysResource(
      Callers callers,
      Rewrapping rewrapping,
      KeyRewraps rewraps,
      KmsProviders providers,
      Recorder recorder) {
    this.recorder = recorder;
    this.callers = callers;
    this.rewrapping = rewrapping;
    this.rewraps = rewraps;
    this.providers = providers;
  }

  /**
   * What is asked of a re-wrap.
   *
   * @param from the key to move away from
   * @param to the key to move to
   * @param dryRun does everything but store; left out: false
   */
  record RewrapRequest(@Nullable KeyName from, @Nullable KeyName to, @Nullable Boolean dryRun) {}

  /**
   * All keys in use.
   *
   * @param keys what wraps data keys now
   * @param rewraps the newest re-wraps first
   */
  record Overview(List<InUse> keys, List<RewrapReport> rewraps) {}

  /**
   * A key-encryption key in use.
   *
   * @param dataKeys how many data keys it wraps
   * @param isDefault whether it wraps new data keys where an organization has no key of its own
   */
  record InUse(String provider, String keyId, long dataKeys, boolean isDefault) {}

  @GET
  @Operation(summary = "Data keys by the key that wraps them, and how re-wraps go")
  public Uni<Overview> overview() {
    return callers
        .systemAdmin()
        .chain(() -> Uni.combine().all().unis(rewrapping.overview(), reports()).asTuple())
        .map(
            both ->
                new Overview(both.getItem1().stream().map(this::inUse).toList(), both.getItem2()));
  }

  @POST
  @Path("/rewrap")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Move all data keys from one key-encryption key to another")
  @APIResponse(
      responseCode = "202",
      description = "Ordered; it goes on by itself, and Location tells how it goes",
      content = @Content(schema = @Schema(implementation = RewrapReport.class)))
  public Uni<RestResponse<RewrapReport>> rewrap(RewrapRequest request) {
    return callers
        .systemAdmin()
        .chain(
            admin ->
                rewraps.order(
                    key("from", request.from()),
                    key("to", request.to()),
                    Boolean.TRUE.equals(request.dryRun()),
                    admin.issuer() + ' ' + admin.subject(),
                    (transaction, job) -> recorder.enlist(transaction, event(admin, job))))
        .chain(this::report)
        .map(
            report ->
                RestResponse.ResponseBuilder.<RewrapReport>create(RestResponse.Status.ACCEPTED)
                    .location(URI.create("/api/v1/admin/keys/rewrap/" + report.id()))
                    .entity(report)
                    .build());
  }

  @GET
  @Path("/rewrap/{id}")
  @Operation(operationId = "AdminKeysResource_rewrapReport", summary = "How a re-wrap goes")
  public Uni<RewrapReport> rewrap(UUID id) {
    return callers
        .systemAdmin()
        .chain(() -> rewraps.find(id))
        .map(found -> found.orElseThrow(Denied.NotVisible::new))
        .chain(this::report);
  }

  /** Moving keys is an event of its own, and none at all for the values that they seal. */
  private AccessEvent event(Actor admin, Job job) {
    return new AccessEvent(
        Instant.now(),
        admin,
        null,
        AccessEvent.Target.of("job", job.id()),
        "keys.rewrap",
        AccessEvent.Outcome.DONE,
        null,
        callers.origin(),
        Collections.emptySortedMap());
  }

  private Uni<List<RewrapReport>> reports() {
    return rewraps
        .newest()
        .onItem()
        .transformToMulti(jobs -> Multi.createFrom().iterable(jobs))
        .onItem()
        .transformToUniAndConcatenate(this::report)
        .collect()
        .asList();
  }

  private Uni<RewrapReport> report(Job job) {
    return Uni.combine()
        .all()
        .unis(rewrapping.count(RewrapOrder.of(job.parameters()).from()), rewraps.failures(job))
        .with((remaining, failures) -> RewrapReport.of(job, remaining, failures));
  }

  private InUse inUse(KekUse use) {
    return new InUse(
        use.key().provider(),
        use.key().keyId(),
        use.dataKeys(),
        Objects.equals(use.key(), providers.defaultKey()));
  }

  private static KeyRef key(String field, @Nullable KeyName name) {
    if (name == null) {
      throw new JobFailure.Unfit(field, "Name the key by provider and key_id.");
    }
    try {
      return new KeyRef(name.provider(), name.keyId());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new JobFailure.Unfit(
          field, "A key has a provider and a key_id of 1 to 2048 characters.");
    }
  }
}
