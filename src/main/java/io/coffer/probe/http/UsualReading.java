package io.coffer.probe.http;

import io.coffer.probe.Finding;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import io.coffer.type.probe.AnswerRule.Body;

/** What an answer means where the declaration says nothing of it. Nothing here is ever invalid. */
final class UsualReading {

  private UsualReading() {}

  static Verdict of(int status, Body body) {
    return switch (status) {
      case 401 -> Verdict.of(Finding.UNKNOWN, Reason.INCONCLUSIVE, false);
      // The account was recognised, if it is the provider that speaks.
      case 402, 412 ->
          body == Body.JSON
              ? Verdict.unusable(Reason.NO_CREDIT)
              : Verdict.unknown(Reason.INCONCLUSIVE);
      // Pages are put up by what stands between us and the provider: it bars the way, for all.
      case 403 ->
          body == Body.JSON
              ? Verdict.of(Finding.UNKNOWN, Reason.INCONCLUSIVE, false)
              : Verdict.unknown(Reason.NETWORK);
      case 404, 405 -> Verdict.unknown(Reason.WRONG_ENDPOINT);
      case 407 -> Verdict.unknown(Reason.NETWORK);
      case 408, 425 -> Verdict.unknown(Reason.PROVIDER_ERROR);
      case 429 -> Verdict.unknown(Reason.RATE_LIMITED);
      default -> ofClass(status / 100);
    };
  }

  private static Verdict ofClass(int hundreds) {
    return switch (hundreds) {
      case 3 -> Verdict.unknown(Reason.WRONG_ENDPOINT);
      case 5 -> Verdict.unknown(Reason.PROVIDER_ERROR);
      default -> Verdict.unknown(Reason.INCONCLUSIVE);
    };
  }
}
