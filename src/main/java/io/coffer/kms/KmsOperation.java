package io.coffer.kms;

import java.util.Locale;

/** What can be asked of a key management service. */
public enum KmsOperation {
  GENERATE,
  WRAP,
  UNWRAP,
  REWRAP,
  DESCRIBE;

  /** The name that metrics and log lines show. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
