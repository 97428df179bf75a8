package io.coffer.type;

/** What it means that a change leaves a field out. */
public enum AbsentFields {
  /** It keeps its value (RFC 7396). */
  KEEP,
  /** It is gone, as in a change that gives the whole. */
  REMOVE
}
