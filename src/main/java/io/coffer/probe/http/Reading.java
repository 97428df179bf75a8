package io.coffer.probe.http;

import io.coffer.probe.Verdict;
import io.coffer.secret.SecretValue;
import java.util.Map;

/** What follows from an answer. */
sealed interface Reading {

  /** The answer shows it. */
  record Decided(Verdict verdict) implements Reading {}

  /** The next call shows it, with what this answer gave: the receiver's to close. */
  record Next(Map<String, SecretValue> taken) implements Reading {}
}
