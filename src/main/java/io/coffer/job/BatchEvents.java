package io.coffer.job;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.ArrayList;
import java.util.List;

/** What a stream tells of a batch of checks. */
final class BatchEvents {

  private BatchEvents() {}

  /** The outcomes, each under its number, and how the batch goes. */
  static List<OutboundSseEvent> of(Batches.News news, Sse sse) {
    List<OutboundSseEvent> events = new ArrayList<>();
    for (BatchView.Item item : news.outcomes()) {
      events.add(
          sse.newEventBuilder()
              .id(String.valueOf(item.sequence()))
              .name("outcome")
              .mediaType(MediaType.APPLICATION_JSON_TYPE)
              .data(BatchView.Item.class, item)
              .build());
    }
    BatchView batch = news.batch();
    events.add(
        sse.newEventBuilder()
            .name(news.isLast() ? "done" : "progress")
            .mediaType(MediaType.APPLICATION_JSON_TYPE)
            .data(BatchView.class, batch)
            .build());
    return events;
  }
}
