package io.coffer.probe.http;

import io.coffer.egress.EgressFailure;
import io.coffer.egress.TlsTrouble;
import io.coffer.probe.Reason;
import io.coffer.probe.TlsFault;
import io.coffer.probe.Verdict;

/** What it means that no answer came: never anything about the secret. */
final class EgressReading {

  private EgressReading() {}

  static Verdict of(EgressFailure failure) {
    return switch (failure) {
      case EgressFailure.Blocked _ -> Verdict.unknown(Reason.BLOCKED_BY_POLICY);
      case EgressFailure.Dns _ -> Verdict.unknown(Reason.DNS);
      case EgressFailure.Unreachable _ -> Verdict.unknown(Reason.NETWORK);
      case EgressFailure.Timeout _ -> Verdict.unknown(Reason.TIMEOUT);
      case EgressFailure.Tls tls -> Verdict.unknown(Reason.TLS).withTls(fault(tls.trouble()));
      case EgressFailure.TooLarge _, EgressFailure.Garbled _, EgressFailure.Busy _ ->
          Verdict.unknown(Reason.INCONCLUSIVE);
    };
  }

  private static TlsFault fault(TlsTrouble trouble) {
    return switch (trouble) {
      case UNTRUSTED -> TlsFault.CERTIFICATE_UNTRUSTED;
      case WRONG_NAME -> TlsFault.NAME_MISMATCH;
      case EXPIRED -> TlsFault.CERTIFICATE_EXPIRED;
      case NOT_TLS -> TlsFault.NOT_OFFERED;
      case PROTOCOL -> TlsFault.PROTOCOL;
    };
  }
}
