package io.coffer.web.list;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list as clients see it.
 *
 * @param items what it shows
 * @param nextCursor where the next page starts; null on the last
 * @param total how many there are in all; null if nobody asked
 */
public record ListView<T>(
    List<T> items,
    @Schema(description = "Where the next page starts; null on the last")
        @Nullable String nextCursor,
    @Schema(description = "How many there are in all, if total=true")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable Long total) {

  public ListView {
    items = List.copyOf(items);
  }
}
