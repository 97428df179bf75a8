package io.coffer.probe.http;

import io.coffer.egress.GuardedHttp;
import io.coffer.probe.Finding;
import io.coffer.probe.Probe;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.FieldTexts;
import io.coffer.type.probe.CallRule;
import io.coffer.type.probe.HttpCase;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The calls that a type declares. */
@ApplicationScoped
public class HttpProbe implements Probe {

  /** A random value that is answered so was looked at. */
  private static final Set<Integer> REFUSALS = Set.of(401, 403, 498);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpRun.Tools tools;
  private final Controls controls;
  private final Declarations declarations = new Declarations();

  @Inject
  HttpProbe(GuardedHttp http) {
    this(
        (call, organization, deadline, limit) ->
            http.send(call.toSend(organization).deadline(deadline).maxBytes(limit)),
        Clock.systemUTC(),
        Retries.USUAL);
  }

  HttpProbe(HttpRun.Sender send, Clock clock, Retries retries) {
    this.tools = new HttpRun.Tools(send, threads, retries, clock);
    this.controls = new Controls(clock);
  }

  @PreDestroy
  void stop() {
    threads.close();
  }

  @Override
  public String kind() {
    return HttpCase.KIND;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String host(ProbeRequest request) {
    return chosen(request)
        .filter(one -> !one.calls().isEmpty())
        .map(one -> host(request, one.calls().getFirst()))
        .orElse("");
  }

  private static String host(ProbeRequest request, CallRule call) {
    String template = call.at() == null ? call.target() : call.at();
    try (Filler filler = new Filler(fields(request))) {
      return Addresses.host(Addresses.fill(template, filler));
    } catch (CannotPlan incomplete) {
      return "";
    }
  }

  private static FieldTexts fields(ProbeRequest request) {
    return new FieldTexts(request.type().definition(), request.plain(), request.secrets());
  }

  private Optional<HttpCase> chosen(ProbeRequest request) {
    return HttpPlan.choose(cases(request), fields(request));
  }

  private List<HttpCase> cases(ProbeRequest request) {
    return declarations.of(request.setting());
  }

  @Override
  public Uni<Verdict> probe(ProbeRequest request) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Optional<HttpCase> one = chosen(request);
              if (one.isEmpty() || one.get().calls().isEmpty()) {
                return Uni.createFrom().item(Verdict.notProbed());
              }
              return new HttpRun(request, one.get(), request.secrets(), tools)
                  .run()
                  .chain(outcome -> controlled(request, one.get(), outcome));
            });
  }

  /** What a place takes from anybody proves nothing. */
  private Uni<Verdict> controlled(ProbeRequest request, HttpCase one, HttpRun.Outcome outcome) {
    String field = one.control();
    if (field == null || outcome.verdict().finding() != Finding.VALID) {
      return Uni.createFrom().item(outcome.verdict());
    }
    String probe = request.type().id() + "." + cases(request).indexOf(one);
    return controls
        .at(
            new Controls.Place(request.organization(), probe, outcome.address()),
            () -> control(request, one, field))
        .map(
            result ->
                result == Controls.Result.REFUSED
                    ? outcome.verdict()
                    : Verdict.unknown(Reason.INCONCLUSIVE));
  }

  private Uni<Controls.Result> control(ProbeRequest request, HttpCase one, String field) {
    SecretFields others = replaced(request.secrets(), field);
    return new HttpRun(request, one, others, tools)
        .run()
        .map(HttpProbe::result)
        .onTermination()
        .invoke(others::close);
  }

  private static Controls.Result result(HttpRun.Outcome outcome) {
    if (outcome.verdict().finding() == Finding.INVALID || REFUSALS.contains(outcome.status())) {
      return Controls.Result.REFUSED;
    }
    return outcome.verdict().finding() == Finding.VALID
        ? Controls.Result.TAKEN
        : Controls.Result.UNCLEAR;
  }

  private static SecretFields replaced(SecretFields secrets, String field) {
    Map<String, SecretValue> others = new HashMap<>();
    for (String id : secrets.ids()) {
      secrets
          .find(id)
          .ifPresent(
              value -> others.put(id, id.equals(field) ? ControlKeys.like(value) : value.copy()));
    }
    return SecretFields.of(others);
  }
}
