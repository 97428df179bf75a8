package io.coffer.credential.use;

import io.coffer.access.Caller;
import io.coffer.access.Callers;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;

/** Answers requests for values, on whatever path they come. */
@ApplicationScoped
class UseHandler {

  private final Callers callers;
  private final UseCandidates candidates;
  private final UseService service;
  private final UseAnswers answers;
  private final UseOutcomes outcomes;
  private final UseMetrics metrics;
  private final EncryptionTurns encryption;

  UseHandler(
      Callers callers,
      UseCandidates candidates,
      UseService service,
      UseAnswers answers,
      UseOutcomes outcomes,
      UseMetrics metrics,
      EncryptionTurns encryption) {
    this.callers = callers;
    this.candidates = candidates;
    this.service = service;
    this.answers = answers;
    this.outcomes = outcomes;
    this.metrics = metrics;
    this.encryption = encryption;
  }

  /**
   * Answers a request for values.
   *
   * @param reading reads the request; only once the caller is known
   */
  Uni<Response> answer(Supplier<UseRequest> reading) {
    Timer.Sample started = Timer.start();
    return callers
        .decide(caller -> values(caller, reading.get()))
        .map(UseHandler::response)
        .onTermination()
        .invoke(() -> started.stop(metrics.duration()));
  }

  private Uni<byte[]> values(Caller caller, UseRequest request) {
    return request.many() ? many(caller, request) : one(caller, request);
  }

  private Uni<byte[]> one(Caller caller, UseRequest request) {
    return service
        .use(caller, request.selections().getFirst(), request.form(), candidates.each(caller))
        .flatMap(
            value ->
                written(request, () -> answers.one(value, request.recipient()))
                    .onFailure()
                    .invoke(value::close));
  }

  private Uni<byte[]> many(Caller caller, UseRequest request) {
    return candidates
        .together(caller, request.selections())
        .flatMap(
            search -> {
              List<Uni<UseAnswers.Outcome>> uses =
                  request.selections().stream()
                      .map(it -> service.use(caller, it, request.form(), search.finder()))
                      .map(outcomes::of)
                      .toList();
              return new ManyUses().all(uses, search.atOnce());
            })
        .flatMap(
            all ->
                written(request, () -> answers.many(all, request.recipient()))
                    .onFailure()
                    .invoke(() -> UseAnswers.close(all)));
  }

  /** What is encrypted costs too much for the event loop. */
  private Uni<byte[]> written(UseRequest request, Supplier<byte[]> writing) {
    return request.recipient() == null ? Uni.createFrom().item(writing) : encryption.run(writing);
  }

  private static Response response(byte[] json) {
    return Response.ok(json)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
