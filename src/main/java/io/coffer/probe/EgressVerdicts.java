package io.coffer.probe;

import io.coffer.egress.EgressFailure;
import io.coffer.egress.TlsTrouble;
import java.util.Locale;

/** What a call that led to no answer says of a value: nothing, and why nothing. */
public final class EgressVerdicts {

  private EgressVerdicts() {}

  /** The verdict, never a definite one. */
  public static Verdict of(EgressFailure failure) {
    return switch (failure) {
      case EgressFailure.Blocked blocked ->
          Verdict.unknown(Reason.BLOCKED_BY_POLICY).withCode(blocked.rule());
      case EgressFailure.Dns _ -> Verdict.unknown(Reason.DNS);
      case EgressFailure.Unreachable unreachable ->
          Verdict.unknown(Reason.NETWORK)
              .withCode(unreachable.kind().name().toLowerCase(Locale.ROOT));
      case EgressFailure.Tls tls -> of(tls.trouble());
      case EgressFailure.Timeout _ -> Verdict.unknown(Reason.TIMEOUT);
      case EgressFailure.TooLarge _ -> Verdict.unknown(Reason.INCONCLUSIVE).withCode("too_large");
      case EgressFailure.Garbled _ -> Verdict.unknown(Reason.WRONG_ENDPOINT);
      case EgressFailure.Busy _ -> Verdict.unknown(Reason.INCONCLUSIVE).withCode("busy");
    };
  }

  /** The verdict over a connection without TLS that should have it. */
  public static Verdict of(TlsTrouble trouble) {
    TlsFault fault =
        switch (trouble) {
          case UNTRUSTED -> TlsFault.CERTIFICATE_UNTRUSTED;
          case WRONG_NAME -> TlsFault.NAME_MISMATCH;
          case EXPIRED -> TlsFault.CERTIFICATE_EXPIRED;
          case NOT_TLS -> TlsFault.NOT_OFFERED;
          case PROTOCOL -> TlsFault.PROTOCOL;
        };
    return Verdict.unknown(Reason.TLS).withTls(fault);
  }
}
