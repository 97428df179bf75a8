package io.coffer.web;

import java.util.Locale;

/**
 * The members that a problem may have beside those of RFC 9457 (section 3.2). The API's document
 * describes them from here, and no problem can carry another.
 */
public enum ProblemMember {
  CHOICES(Kind.TEXTS, "organization-required: the organizations to choose from"),
  CONTENTS(Kind.COUNTS, "conflict: what is in the organization, and how much of it"),
  CREDENTIAL(
      Kind.ID,
      "name-taken: the credential that has the name; idempotent-create-purged: the one that was"
          + " purged"),
  CREDENTIALS(Kind.IDS, "ambiguous: the credentials that fit"),
  ERRORS_IN_ALL(Kind.NUMBER, "how many errors there are, where errors has the first of them only"),
  JOB(Kind.ID, "conflict: the job that is under way"),
  LIMIT(Kind.NUMBER, "too-large: the limit in bytes, where it is that of a credential's fields"),
  MISSING_ROLE(Kind.TEXTS, "forbidden: the roles of which one is needed"),
  REASON(
      Kind.TEXT, "value-refused: why, one of the reasons of verdicts; discovery-failed: the same"),
  REVISION(Kind.NUMBER, "revision-mismatch: the revision now"),
  SUPPORTED(Kind.TEXTS, "unsupported-form: the forms that the type has"),
  UNDEFINED(Kind.TEXTS, "template-refused: the variables that are not defined"),
  VERDICT(
      Kind.TEXT,
      "value-refused: what was found, always invalid; discovery-failed: what a check would say");

  /** What a member holds. */
  public enum Kind {
    NUMBER,
    TEXT,
    ID,
    IDS,
    TEXTS,
    COUNTS
  }

  private final Kind kind;
  private final String description;

  ProblemMember(Kind kind, String description) {
    this.kind = kind;
    this.description = description;
  }

  public Kind kind() {
    return kind;
  }

  /** The types of problems that have it, and what it says there. */
  public String description() {
    return description;
  }

  /** The name that clients see. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
