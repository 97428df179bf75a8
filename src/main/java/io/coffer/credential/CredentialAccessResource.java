package io.coffer.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.coffer.access.Caller;
import io.coffer.access.Callers;
import io.coffer.access.grant.AccessEntry;
import io.coffer.access.grant.AccessReport;
import io.coffer.web.JsonBody;
import io.coffer.web.list.InvalidQuery;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who has access to one credential, and why. */
@Path("/api/v1/credentials/{id}/access")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Access")
public class CredentialAccessResource {

  private static final int MAX_NAME = 255;

  private final Callers callers;
  private final AccessReport report;
  private final CredentialShares shares;

  CredentialAccessResource(Callers callers, AccessReport report, CredentialShares shares) {
    this.callers = callers;
    this.report = report;
    this.shares = shares;
  }

  /** One page of those who have access. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @Schema(name = "AccessList")
  record View(
      List<AccessEntry> items,
      @Schema(
              description =
                  "Whether roles and teams out of a token are among the reasons: only for the"
                      + " caller itself. Those of others are known only while they call.")
          boolean tokenRolesIncluded,
      @Schema(description = "Where the next page starts; null on the last")
          @Nullable String nextCursor,
      @Schema(description = "How many there are in all, if total=true")
          @JsonInclude(JsonInclude.Include.NON_NULL)
          @Nullable Long total) {}

  @GET
  @Operation(
      summary = "List who has access to a credential, and why",
      description =
          "Needs admin. Lists owner, maker, members with roles, grantees and members of teams that"
              + " rows name. Roles out of tokens are not listed: they are known only when the token"
              + " comes. Fields: id, user_name, kind. With principal it explains this one.")
  public Uni<View> list(
      @RestPath UUID id,
      @Context UriInfo uri,
      @Parameter(description = "Id or user name of the one to explain") @RestQuery
          @Nullable String principal,
      @Parameter(description = "Text to be found in the user name") @RestQuery
          @Nullable String search,
      @Parameter(description = "Fields, separated by commas, with - for descending")
          @RestQuery("order_by")
          @Nullable String orderBy,
      @Parameter(description = "1 to 200, 50 if left out") @RestQuery("page_size")
          @Nullable String pageSize,
      @Parameter(description = "next_cursor of the page before") @RestQuery @Nullable String cursor,
      @Parameter(description = "true: count them all") @RestQuery @Nullable String total) {
    var query = AccessReport.GRAMMAR.parse(uri.getQueryParameters());
    // Decided by the token alone, so that what it says is told apart from what rows say.
    return callers.decide(
        caller ->
            principal == null
                ? report
                    .list(shares, caller, id, query)
                    .map(page -> new View(page.items(), false, page.next(), page.total()))
                : explained(caller, id, principal));
  }

  private Uni<View> explained(Caller caller, UUID id, String principal) {
    if (principal.isBlank() || principal.length() > MAX_NAME || !JsonBody.isStorable(principal)) {
      throw new InvalidQuery("principal", "It must be an id or a user name.");
    }
    return report
        .explain(shares, caller, id, principal)
        .map(
            entry ->
                new View(
                    List.of(entry), caller.principal().equals(entry.principal().id()), null, null));
  }
}
