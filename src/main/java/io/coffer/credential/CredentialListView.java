package io.coffer.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One page of a list of credentials. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "CredentialList")
record CredentialListView(
    List<CredentialView> items,
    @Schema(description = "Where the next page starts; null on the last")
        @Nullable String nextCursor,
    @Schema(description = "How many there are in all, if total=true")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Long total) {

  static CredentialListView of(CredentialReading.Page page) {
    return new CredentialListView(
        page.items().stream().map(Typed::view).toList(), page.next(), page.total());
  }
}
