package io.coffer.activity;

import io.coffer.access.Caller;
import io.coffer.access.Callers;
import io.coffer.access.Role;
import io.coffer.activity.verify.Report;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who did what, for auditors. */
@Path("/api/v1/activity")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Activity")
public class ActivityResource {

  /** Each element of the stream becomes a line of JSON, and nothing stands around them. */
  private static final String JSON_LINES = "application/x-ndjson";

  private final Callers callers;
  private final ActivityQueries queries;
  private final VerifyService verification;

  ActivityResource(Callers callers, ActivityQueries queries, VerifyService verification) {
    this.callers = callers;
    this.queries = queries;
    this.verification = verification;
  }

  @GET
  @Operation(
      summary = "List who did what in the organization",
      description =
          "Needs the role auditor. Filters as in other lists, by: id, time, happened_at, actor (its"
              + " subject), actor_issuer, actor_kind, action, outcome, reason, target, target_kind,"
              + " request_id, client_address, face. Newest first.")
  public Uni<ListView<ActivityView>> list(
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in actor, action or reason") @RestQuery
          @Nullable String search,
      @Parameter(description = "time or -time") @RestQuery("order_by") @Nullable String orderBy,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total,
      @Parameter(description = "true: what belongs to no organization, for system_admin") @RestQuery
          @Nullable String unassigned) {
    var query = ActivityQueries.parse(uri.getQueryParameters());
    return auditor().flatMap(caller -> queries.in(scope(caller, unassigned), query));
  }

  @GET
  @Path("/export")
  @Produces(JSON_LINES)
  @Operation(
      summary = "Export who did what, oldest first, as JSON lines",
      description =
          "Needs the role auditor. Ends with what was recorded a minute ago; go on later with the"
              + " id of the last line in after. Each line has the hash before it, so that the"
              + " export verifies off line.")
  @APIResponse(
      responseCode = "200",
      content =
          @Content(mediaType = JSON_LINES, schema = @Schema(implementation = ActivityView.class)))
  public Multi<ActivityView> export(
      @Parameter(description = "The id of the last event that you have") @RestQuery
          @Nullable String after,
      @Parameter(description = "true: what belongs to no organization, for system_admin") @RestQuery
          @Nullable String unassigned) {
    UUID last = after == null ? null : id(after);
    return auditor()
        .map(caller -> Optional.ofNullable(scope(caller, unassigned)))
        .call(scope -> requirePlace(scope.orElse(null), last))
        .onItem()
        .transformToMulti(scope -> queries.export(scope.orElse(null), last))
        .onItem()
        .<ActivityView>disjoint();
  }

  /** Behind what never happened there is nothing, which would look like the end. */
  private Uni<Void> requirePlace(@Nullable UUID scope, @Nullable UUID last) {
    if (last == null) {
      return Uni.createFrom().voidItem();
    }
    return queries
        .isPlace(scope, last)
        .invoke(
            known -> {
              if (!known) {
                throw new InvalidQuery("after", "There is no such event in this record.");
              }
            })
        .replaceWithVoid();
  }

  @GET
  @Path("/verify")
  @Operation(
      summary = "Verify the whole record",
      description =
          "Needs the role auditor. Reads every chain, every checkpoint and every credential's last"
              + " change; tells places, never content. complete is false if that took too long:"
              + " then verify off line.")
  public Uni<Report> verify() {
    return auditor().flatMap(_ -> verification.run());
  }

  private Uni<Caller> auditor() {
    return callers.current().invoke(caller -> caller.requireAny(Role.AUDITOR, Role.SYSTEM_ADMIN));
  }

  /** The organization whose events are meant; null: those of none. */
  private static @Nullable UUID scope(Caller caller, @Nullable String unassigned) {
    if (!"true".equals(unassigned)) {
      return caller.organization();
    }
    caller.requireAny(Role.SYSTEM_ADMIN);
    return null;
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidQuery("after", "It must be the id of an event.");
    }
  }
}
