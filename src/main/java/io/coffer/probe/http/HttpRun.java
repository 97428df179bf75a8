package io.coffer.probe.http;

import io.coffer.egress.EgressFailure;
import io.coffer.egress.HttpAnswer;
import io.coffer.egress.HttpCall;
import io.coffer.probe.ProbeRequest;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.probe.Warning;
import io.coffer.secret.SecretFields;
import io.coffer.type.FieldTexts;
import io.coffer.type.probe.CallRule;
import io.coffer.type.probe.HttpCase;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The calls of one case, one after the other, until an answer decides. */
final class HttpRun {

  private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
  private static final String WRONG_SIGNATURE = "SignatureDoesNotMatch";

  private final ProbeRequest request;
  private final HttpCase one;
  private final Filler filler;
  private final Echoes echoes;
  private final Tools tools;
  private @Nullable PlannedCall former;
  private boolean plainText;

  /**
   * What runs share.
   *
   * @param send sends calls
   * @param threads for what computes
   * @param retries how often and when to ask again
   */
  record Tools(Sender send, Executor threads, Retries retries, Clock clock) {}

  /** The way out. */
  interface Sender {

    /**
     * Sends a call, which stays the caller's.
     *
     * @param limit the most bytes that are read of the answer
     * @return the answer, which the caller closes; fails with {@link EgressFailure} alone
     */
    Uni<HttpAnswer> send(PlannedCall call, UUID organization, Duration deadline, int limit);
  }

  /**
   * How a run ended.
   *
   * @param status of the last answer; 0 if there was none
   * @param address scheme, host and port of the last call; empty if there was none
   */
  record Outcome(Verdict verdict, int status, String address) {}

  /** The secrets stay the caller's. */
  HttpRun(ProbeRequest request, HttpCase one, SecretFields secrets, Tools tools) {
    this.request = request;
    this.one = one;
    this.filler = new Filler(new FieldTexts(request.type().definition(), request.plain(), secrets));
    this.echoes = new Echoes(secrets);
    this.tools = tools;
  }

  /** Runs once. */
  Uni<Outcome> run() {
    return Uni.createFrom()
        .deferred(() -> call(0, new Outcome(Verdict.unknown(Reason.INCONCLUSIVE), 0, "")))
        .map(this::warned)
        .onTermination()
        .invoke(this::close);
  }

  private void close() {
    filler.close();
    if (former != null) {
      former.close();
    }
  }

  private Outcome warned(Outcome outcome) {
    return plainText
        ? new Outcome(
            outcome.verdict.withWarnings(Warning.PLAIN_TEXT_CONNECTION),
            outcome.status,
            outcome.address)
        : outcome;
  }

  private Uni<Outcome> call(int index, Outcome soFar) {
    if (index == one.calls().size()) {
      return Uni.createFrom().item(soFar);
    }
    CallRule rule = one.calls().get(index);
    return planned(rule)
        .chain(call -> repeats(call) ? call(index + 1, soFar) : sent(index, rule, call, 0))
        .onFailure(CannotPlan.class)
        .recoverWithItem(
            failure -> new Outcome(Verdict.unknown(((CannotPlan) failure).reason()), 0, ""));
  }

  /** Signing with RSA, and opening a key, take too long for an event loop. */
  private Uni<PlannedCall> planned(CallRule rule) {
    Uni<PlannedCall> plan =
        Uni.createFrom().item(() -> HttpPlan.plan(one, rule, filler, tools.clock.instant()));
    return rule.jwt() == null ? plan : plan.runSubscriptionOn(tools.threads);
  }

  private boolean repeats(PlannedCall call) {
    if (former != null && former.asks(call)) {
      call.close();
      return true;
    }
    remember(call);
    return false;
  }

  private void remember(PlannedCall call) {
    if (former != null) {
      former.close();
    }
    former = call;
    plainText |= call.url().getScheme().equalsIgnoreCase("http");
  }

  private Uni<Outcome> sent(int index, CallRule rule, PlannedCall call, int before) {
    Duration left = Duration.between(tools.clock.instant(), request.deadline());
    if (left.isNegative() || left.isZero()) {
      return Uni.createFrom().item(new Outcome(Verdict.unknown(Reason.TIMEOUT), 0, ""));
    }
    return tools
        .send
        .send(
            call,
            request.organization(),
            left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL,
            rule.large() ? HttpCall.LIST_BYTES : HttpCall.USUAL_BYTES)
        .map(answer -> read(rule, call, answer))
        .onFailure(EgressFailure.class)
        .recoverWithItem(failure -> failed((EgressFailure) failure, call))
        .chain(step -> after(index, rule, call, before, step));
  }

  /** What one answer said, and whether to ask again. */
  private record Step(Reading reading, Outcome outcome, boolean transientTrouble) {}

  private Step read(CallRule rule, PlannedCall call, HttpAnswer answer) {
    try (answer) {
      Reading reading =
          new AnswerReader(call.url().getHost(), echoes, tools.clock.instant())
              .read(rule, Answer.of(answer));
      Verdict verdict =
          reading instanceof Reading.Decided(Verdict decided)
              ? decided
              : UsualReading.of(answer.status(), io.coffer.type.probe.AnswerRule.Body.OTHER);
      return new Step(
          reading,
          new Outcome(verdict, answer.status(), address(call)),
          Retries.isTransient(answer.status()));
    }
  }

  private static Step failed(EgressFailure failure, PlannedCall call) {
    Verdict verdict = EgressReading.of(failure);
    boolean again =
        failure.retryable()
            && !(failure instanceof EgressFailure.Timeout || failure instanceof EgressFailure.Busy);
    return new Step(new Reading.Decided(verdict), new Outcome(verdict, 0, address(call)), again);
  }

  private static String address(PlannedCall call) {
    return call.url().getScheme() + "://" + call.url().getRawAuthority();
  }

  private Uni<Outcome> after(int index, CallRule rule, PlannedCall call, int before, Step step) {
    if (step.reading instanceof Reading.Next(var taken)) {
      taken.forEach(filler::know);
      return call(index + 1, step.outcome);
    }
    Verdict verdict = step.outcome.verdict;
    Instant now = tools.clock.instant();
    Duration left = Duration.between(now, request.deadline());
    boolean again = step.transientTrouble && !rule.once();
    if (again && tools.retries.allow(before, verdict.retryAfter(), left)) {
      return tools
          .retries
          .pause(before, verdict.retryAfter())
          .chain(() -> sent(index, rule, call, before + 1));
    }
    // Two keys of one id that were tried within seconds of each other fail once without reason.
    if (before == 0 && Objects.equals(verdict.code(), WRONG_SIGNATURE)) {
      return planned(rule)
          .chain(
              fresh -> {
                remember(fresh);
                return sent(index, rule, fresh, before + 1);
              });
    }
    return Uni.createFrom().item(step.outcome);
  }
}
