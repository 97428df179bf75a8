package io.coffer.probe.jdbc;

import io.coffer.egress.EgressFailure;
import io.coffer.egress.TlsTrouble;
import io.coffer.probe.EgressVerdicts;
import io.coffer.probe.Reason;
import io.coffer.probe.Verdict;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a driver throws: what the guard saw stands above all, then the database's own table,
 * then TLS, then the class of the SQLSTATE. Nothing else makes a value invalid.
 */
final class Reading {

  private Reading() {}

  static Verdict of(
      Throwable failure,
      Database database,
      SessionTls tls,
      boolean named,
      Optional<EgressFailure> seen) {
    if (seen.isPresent()) {
      return EgressVerdicts.of(seen.get());
    }
    String code = null;
    for (Throwable one : Trouble.all(failure)) {
      if (one instanceof EgressFailure egress) {
        return EgressVerdicts.of(egress);
      }
      if (one instanceof SQLException sql) {
        Trouble trouble = Trouble.of(sql, tls, named);
        Optional<Verdict> verdict = database.read(trouble);
        if (verdict.isPresent()) {
          return verdict.get().withCode(code(trouble));
        }
        code = code == null ? code(trouble) : code;
      }
    }
    return otherwise(failure, tls).withCode(code);
  }

  private static Verdict otherwise(Throwable failure, SessionTls tls) {
    Optional<TlsTrouble> trouble = TlsTrouble.of(failure);
    if (trouble.isPresent() && tls.wanted()) {
      return EgressVerdicts.of(trouble.get());
    }
    for (Throwable one : Trouble.all(failure)) {
      if (one instanceof SQLException sql && sql.getSQLState() != null) {
        return byState(sql.getSQLState());
      }
    }
    return Verdict.unknown(Reason.INCONCLUSIVE);
  }

  /** What states mean that no table of a database has. */
  static Verdict byState(String state) {
    Reason reason =
        switch (state.substring(0, Math.min(2, state.length()))) {
          case "08" -> state.equals("08P01") ? Reason.WRONG_ENDPOINT : Reason.NETWORK;
          case "HY" -> state.startsWith("HYT") ? Reason.TIMEOUT : Reason.INCONCLUSIVE;
          case "53", "57", "58" -> Reason.PROVIDER_ERROR;
          default -> Reason.INCONCLUSIVE;
        };
    return Verdict.unknown(reason);
  }

  /** The vendor's number where there is one, else the state. */
  private static @Nullable String code(Trouble trouble) {
    if (trouble.code() != 0) {
      return Integer.toString(trouble.code());
    }
    return trouble.state().isEmpty() ? null : trouble.state();
  }
}
