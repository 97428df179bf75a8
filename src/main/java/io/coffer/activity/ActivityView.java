package io.coffer.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event as clients see it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "ActivityEvent")
public record ActivityView(
    UUID id,
    @Schema(description = "When it was recorded") Instant time,
    @Schema(description = "When it happened") Instant happenedAt,
    @Schema(description = "Who did it; null: nobody who could be told") @Nullable Actor actor,
    @Nullable UUID organization,
    @Schema(description = "What it was done to") @Nullable Target target,
    @Schema(description = "For example use, create, change, delete") String action,
    @Schema(description = "done, refused or failed") String outcome,
    @Nullable String reason,
    @Nullable String requestId,
    @Nullable String clientAddress,
    @Schema(description = "The foreign API it came by; null: the native one") @Nullable String face,
    @Schema(description = "Further codes: changed names members, never their content")
        Map<String, String> details,
    @Schema(description = "Its chain and place there") UUID writer,
    long sequence,
    @Schema(description = "SHA-256 over the hash before and the event, in hexadecimal") String hash,
    @Schema(description = "The hash before, in exports alone")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String previous) {

  /** Who did it. */
  @Schema(name = "ActivityActor")
  public record Actor(
      @Nullable String issuer,
      @Nullable String subject,
      @Schema(description = "person, workload or system") @Nullable String kind) {}

  /** What it was done to. */
  @Schema(name = "ActivityTarget")
  public record Target(
      @Schema(description = "For example credential") @Nullable String kind,
      @Nullable UUID id,
      @Nullable Integer version,
      @Nullable Long revision) {}

  /**
   * The event.
   *
   * @param previous the hash before; null: not to be shown
   */
  static ActivityView of(StoredEvent event, byte @Nullable [] previous) {
    EventContent content = event.content();
    return new ActivityView(
        event.id(),
        EventContent.instant(event.time()),
        EventContent.instant(content.happenedAt()),
        actor(content),
        content.organization(),
        target(content),
        content.action(),
        content.outcome(),
        content.reason(),
        content.requestId(),
        content.clientAddress(),
        content.face(),
        content.detailsByName(),
        event.writer(),
        event.sequence(),
        String.valueOf(StoredEvent.hex(event.hash())),
        StoredEvent.hex(previous));
  }

  private static @Nullable Actor actor(EventContent content) {
    return content.actorIssuer() == null
            && content.actorSubject() == null
            && content.actorKind() == null
        ? null
        : new Actor(content.actorIssuer(), content.actorSubject(), content.actorKind());
  }

  private static @Nullable Target target(EventContent content) {
    return content.targetKind() == null && content.targetId() == null
        ? null
        : new Target(
            content.targetKind(),
            content.targetId(),
            content.targetVersion(),
            content.targetRevision());
  }
}
