package io.coffer.access;

/**
 * Who acts, as records name it.
 *
 * @param issuer who vouches for the subject
 * @param subject the issuer's name for it, never reused by the issuer
 * @param kind person or workload
 * @param userName a label for people to read; it identifies nobody
 */
public record Actor(String issuer, String subject, Kind kind, String userName) {

  /** People log in, workloads present a token of their own; the rest the service does itself. */
  public enum Kind {
    PERSON,
    WORKLOAD,
    SYSTEM
  }

  /** The service itself. */
  public static final Actor COFFER = new Actor("urn:coffer", "coffer", Kind.SYSTEM, "coffer");
}
