package io.coffer.probe;

import java.util.Locale;

/** Why a check is made. */
enum Trigger {
  REQUEST,
  SAVE,
  DRAFT,
  REPORT,
  SCHEDULE,
  BATCH;

  /** The name in answers, records and the database. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
