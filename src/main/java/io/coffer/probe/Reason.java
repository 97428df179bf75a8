package io.coffer.probe;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Why a verdict is what it is: one closed list for all probes. */
public enum Reason {
  /** The value works. */
  OK(Finding.VALID),
  /** Refused as a wrong value. */
  BAD_SECRET(Finding.INVALID),
  /** Its time is over. */
  EXPIRED(Finding.INVALID, Finding.VALID, Finding.UNKNOWN),
  /** It was taken back, or its account is shut. */
  REVOKED_OR_DISABLED(Finding.INVALID, Finding.VALID, Finding.UNKNOWN),
  /** Recognised, but not allowed to do what its work needs. */
  MISSING_SCOPE(Finding.VALID, Finding.UNKNOWN),
  /** Recognised, but the account has nothing left to pay with. */
  NO_CREDIT(Finding.VALID, Finding.UNKNOWN),
  /** Recognised, but the account has used up what it may use. */
  QUOTA(Finding.VALID, Finding.UNKNOWN),
  /** Too many requests. */
  RATE_LIMITED(Finding.VALID, Finding.UNKNOWN),
  /** The address is not one of that service. */
  WRONG_ENDPOINT(Finding.UNKNOWN),
  /** The value is fine or not: it was said to be of an account that it is not of. */
  WRONG_ACCOUNT(Finding.VALID, Finding.UNKNOWN),
  /** The server took the log-in, and has no such database. */
  DATABASE_MISSING(Finding.VALID, Finding.UNKNOWN),
  /** No connection. */
  NETWORK(Finding.UNKNOWN),
  /** The name has no address. */
  DNS(Finding.UNKNOWN),
  /** No protected connection. */
  TLS(Finding.UNKNOWN),
  /** No answer in time. */
  TIMEOUT(Finding.UNKNOWN),
  /** Our own rules, or the provider's on addresses, forbid the call. */
  BLOCKED_BY_POLICY(Finding.VALID, Finding.UNKNOWN),
  /** The stored value does not open. */
  UNDECRYPTABLE(Finding.UNKNOWN),
  /** Fields are missing, or do not make a call together. */
  INCOMPLETE(Finding.UNKNOWN),
  /** The driver for that database is not installed. */
  DRIVER_MISSING(Finding.UNKNOWN),
  /** The service has trouble of its own. */
  PROVIDER_ERROR(Finding.UNKNOWN),
  /** An answer that shows nothing. */
  INCONCLUSIVE(Finding.UNKNOWN);

  private final Set<Finding> findings;

  Reason(Finding first, Finding... others) {
    this.findings = EnumSet.of(first, others);
  }

  /** Whether it can be why a probe found that. */
  public boolean fits(Finding finding) {
    return findings.contains(finding);
  }

  /** The name in answers and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static Reason ofStored(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
