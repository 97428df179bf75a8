package io.coffer.probe.http;

import io.coffer.probe.Finding;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.secret.SecretValue;
import io.coffer.type.probe.AnswerRule;
import io.coffer.type.probe.AnswerRule.Body;
import io.coffer.type.probe.AnswerRule.Then;
import io.coffer.type.probe.AuthRule;
import io.coffer.type.probe.CallRule;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads answers by what is declared of them; pure. */
final class AnswerReader {

  /** Beyond this the other side may refuse a good signature for its time alone. */
  private static final Duration MOST_SKEW = Duration.ofSeconds(60);

  private static final String CHALLENGE = "challenge ";
  private static final String HEADER = "header ";
  private static final int LONGEST_METADATA = 128;

  private final String host;
  private final Echoes echoes;
  private final Instant now;

  /** For an answer of that host. */
  AnswerReader(String host, Echoes echoes, Instant now) {
    this.host = host.toLowerCase(Locale.ROOT);
    this.echoes = echoes;
    this.now = now;
  }

  Reading read(CallRule call, Answer answer) {
    AnswerFacts facts =
        AnswerFacts.read(answer.body(), answer.header("content-type"), call.pointers());
    for (AnswerRule row : call.answers()) {
      if (!fits(row, answer, facts)) {
        continue;
      }
      if (row.then() != Then.NEXT) {
        return new Reading.Decided(dressed(ofRow(row, call, answer), call, answer, facts));
      }
      Optional<Map<String, SecretValue>> taken = taken(call, answer, facts);
      if (taken.isPresent()) {
        return new Reading.Next(taken.get());
      }
    }
    return new Reading.Decided(
        dressed(UsualReading.of(answer.status(), facts.kind()), call, answer, facts));
  }

  private boolean fits(AnswerRule row, Answer answer, AnswerFacts facts) {
    boolean evidence = row.then() == Then.VALID || row.then() == Then.INVALID;
    boolean saysBody = row.body() != null || row.text() != null;
    Body wanted = evidence && !saysBody ? Body.JSON : row.body();
    return (row.status().isEmpty() || row.status().stream().anyMatch(s -> isStatus(s, answer)))
        && (row.host().isEmpty() || Addresses.isOneOf(host, row.host()))
        && (wanted == null || wanted == facts.kind())
        && row.json().entrySet().stream().allMatch(e -> facts.fits(e.getKey(), e.getValue()))
        && (row.text() == null || facts.textFits(row.text()))
        && row.headers().entrySet().stream()
            .allMatch(
                e ->
                    answer
                        .header(e.getKey())
                        .map(value -> e.getValue().fits("string", value))
                        .orElse(e.getValue().fitsAbsence()));
  }

  private static boolean isStatus(String wanted, Answer answer) {
    return wanted.endsWith("xx")
        ? answer.status() / 100 == wanted.charAt(0) - '0'
        : wanted.equals(String.valueOf(answer.status()));
  }

  private Verdict ofRow(AnswerRule row, CallRule call, Answer answer) {
    Reason reason = row.reason() == null ? Reason.OK : Reason.ofStored(row.reason());
    Verdict verdict =
        switch (Objects.requireNonNull(row.then())) {
          case VALID -> Verdict.of(Finding.VALID, reason, usable(row, reason == Reason.OK));
          case INVALID -> Verdict.invalid(reason);
          case UNKNOWN -> Verdict.of(Finding.UNKNOWN, reason, usable(row, null));
          case NEXT -> throw new IllegalStateException("decided by the next call");
        };
    if (verdict.finding() != Finding.INVALID) {
      return verdict;
    }
    if (isSigned(call) && isSkewed(answer)) {
      return Verdict.unknown(Reason.INCONCLUSIVE);
    }
    // A bare status may come from anything on the way.
    boolean named = !row.json().isEmpty() || !row.headers().isEmpty() || row.text() != null;
    return named && !row.weak() ? verdict : verdict.weakly();
  }

  private static @Nullable Boolean usable(AnswerRule row, @Nullable Boolean usual) {
    return switch (row.usable()) {
      case YES -> true;
      case NO -> false;
      case UNKNOWN -> null;
      case null -> usual;
    };
  }

  private static boolean isSigned(CallRule call) {
    AuthRule auth = call.auth();
    return call.jwt() != null || (auth != null && auth.kind() == AuthRule.Kind.SIGV4);
  }

  private boolean isSkewed(Answer answer) {
    return answer
        .header("date")
        .flatMap(Moments::httpDate)
        .filter(theirs -> Duration.between(theirs, now).abs().compareTo(MOST_SKEW) > 0)
        .isPresent();
  }

  private Verdict dressed(Verdict verdict, CallRule call, Answer answer, AnswerFacts facts) {
    Verdict dressed = verdict;
    if (verdict.reason() != Reason.OK) {
      dressed = dressed.withCode(code(call, facts));
    }
    if (verdict.reason() == Reason.RATE_LIMITED || verdict.reason() == Reason.PROVIDER_ERROR) {
      dressed =
          dressed.withRetryAfter(
              answer
                  .header("retry-after")
                  .flatMap(text -> Moments.retryAfter(text, now))
                  .orElse(null));
    }
    return verdict.finding() == Finding.UNKNOWN
        ? dressed
        : dressed.withExpiry(expiry(call, answer, facts)).withMetadata(metadata(call, facts));
  }

  private @Nullable String code(CallRule call, AnswerFacts facts) {
    return call.code().stream()
        .flatMap(pointer -> facts.scalar(pointer).stream())
        .findFirst()
        .filter(code -> !echoes.repeats(code))
        .orElse(null);
  }

  private static @Nullable Instant expiry(CallRule call, Answer answer, AnswerFacts facts) {
    return call.expires().stream()
        .flatMap(
            place ->
                (place.startsWith(HEADER)
                        ? answer.header(place.substring(HEADER.length()))
                        : facts.scalar(place))
                    .stream())
        .flatMap(text -> Moments.read(text).stream())
        .findFirst()
        .orElse(null);
  }

  /** Nothing that looks like somebody's address, and nothing of the secret. */
  private Map<String, String> metadata(CallRule call, AnswerFacts facts) {
    Map<String, String> kept = new TreeMap<>();
    call.metadata()
        .forEach(
            (name, pointer) ->
                facts
                    .scalar(pointer)
                    .filter(text -> text.length() <= LONGEST_METADATA && text.indexOf('@') < 0)
                    .filter(text -> text.chars().noneMatch(Character::isISOControl))
                    .filter(text -> !echoes.repeats(text))
                    .ifPresent(text -> kept.put(name, text)));
    return kept;
  }

  /** All that the next call needs; empty if a part of it is not there. */
  private static Optional<Map<String, SecretValue>> taken(
      CallRule call, Answer answer, AnswerFacts facts) {
    Map<String, String> challenge =
        answer.header("www-authenticate").map(Challenge::parameters).orElse(Map.of());
    Map<String, SecretValue> taken = new HashMap<>();
    call.take()
        .forEach(
            (name, place) ->
                (place.startsWith(CHALLENGE)
                        ? Optional.ofNullable(challenge.get(place.substring(CHALLENGE.length())))
                        : facts.scalar(place))
                    .ifPresent(text -> taken.put(name, SecretValue.ofText(text))));
    if (taken.size() == call.take().size()) {
      return Optional.of(taken);
    }
    taken.values().forEach(SecretValue::close);
    return Optional.empty();
  }
}
