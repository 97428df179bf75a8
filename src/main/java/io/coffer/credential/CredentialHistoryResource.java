package io.coffer.credential;

import io.coffer.access.Callers;
import io.coffer.activity.ActivityQueries;
import io.coffer.activity.ActivityView;
import io.coffer.web.list.InvalidQuery;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What was done to a credential and how it is used. */
@Path("/api/v1/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Activity")
public class CredentialHistoryResource {

  private static final int MAX_DAYS = 366;
  private static final int DEFAULT_DAYS = 30;

  private final Callers callers;
  private final CredentialHistory history;

  CredentialHistoryResource(Callers callers, CredentialHistory history) {
    this.callers = callers;
    this.history = history;
  }

  @GET
  @Path("/{id}/activity")
  @Operation(
      summary = "List who did what to a credential",
      description =
          "Filters as in the list of all activity. Auditors get it by the id also after a purge.")
  public Uni<ListView<ActivityView>> activity(
      @RestPath UUID id,
      @Context UriInfo uri,
      @Parameter(description = "Text to be found in actor, action or reason") @RestQuery
          @Nullable String search,
      @Parameter(description = "time or -time") @RestQuery("order_by") @Nullable String orderBy,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total) {
    var query = ActivityQueries.parse(uri.getQueryParameters());
    return callers.current().flatMap(caller -> history.events(caller, id, query));
  }

  @GET
  @Path("/{id}/usage")
  @Operation(
      summary = "Tell how a credential is used",
      description = "When and by whom it was last used, how often, and what depends on it.")
  public Uni<CredentialUsageView> usage(
      @RestPath UUID id,
      @Parameter(description = "1 to 366, 30 if left out") @RestQuery @Nullable String days) {
    int span = days(days);
    return callers.current().flatMap(caller -> history.usage(caller, id, span));
  }

  static int days(@Nullable String text) {
    if (text == null) {
      return DEFAULT_DAYS;
    }
    try {
      int days = Integer.parseInt(text);
      if (days >= 1 && days <= MAX_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of range.
    }
    throw new InvalidQuery("days", "It must be between 1 and " + MAX_DAYS + ".");
  }
}
