package io.coffer.web;

import java.net.URI;
import java.util.Locale;

/**
 * Every kind of problem that the native API answers with: the stable {@code type}, its title and
 * its HTTP status (RFC 9457, section 3.1). This is the one table in which a status is decided.
 */
public enum ProblemType {
  MALFORMED_REQUEST(400, "The request cannot be read"),
  ORGANIZATION_REQUIRED(400, "The organization must be named"),
  INVALID_QUERY(400, "A query parameter is not allowed"),
  UNAUTHENTICATED(401, "A valid access token is needed"),
  FORBIDDEN(403, "A role is missing"),
  PRINCIPAL_DISABLED(403, "The account is disabled here"),
  CSRF_TOKEN_REQUIRED(403, "The request does not come from a page of this service"),
  NOT_FOUND(404, "There is no such thing, or none that you may see"),
  METHOD_NOT_ALLOWED(405, "The resource does not offer this method"),
  NOT_ACCEPTABLE(406, "None of the accepted media types can be given"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "The request conflicts with what is stored"),
  NAME_TAKEN(409, "The name is taken"),
  AMBIGUOUS(409, "Several credentials fit"),
  IDEMPOTENT_CREATE_DELETED(409, "What the idempotency key made was deleted"),
  IDEMPOTENT_CREATE_PURGED(409, "What the idempotency key made was purged"),
  LAST_ADMIN(409, "Nobody else could administer it"),
  REVISION_MISMATCH(412, "It was changed meanwhile"),
  TOO_LARGE(413, "The request is larger than the limit"),
  URI_TOO_LONG(414, "The request line is longer than the limit"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not supported"),
  INVALID_FIELDS(422, "Some fields are not valid"),
  UNSUPPORTED_FORM(422, "The type cannot be rendered in this form"),
  TEMPLATE_REFUSED(422, "A template of the type does not render"),
  IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used with another request"),
  VALUE_REFUSED(422, "The value was tried and refused"),
  NO_SCHEMA(422, "The credential has no schema to discover"),
  DISCOVERY_FAILED(422, "The database could not be read"),
  INCOMPLETE_CREDENTIAL(422, "The credential lacks fields that its use needs"),
  HEADERS_TOO_LARGE(431, "The headers are larger than the limit"),
  UNDECRYPTABLE(500, "The stored value does not open"),
  KEYS_REFUSED(500, "The key management service refuses the request"),
  INTERNAL(500, "Something went wrong on our side"),
  DATABASE_UNAVAILABLE(503, "The database cannot be reached"),
  IDENTITY_UNAVAILABLE(503, "The identity provider cannot be reached"),
  KEYS_UNAVAILABLE(503, "The key management service cannot be reached"),
  KEY_DISABLED(503, "The key is disabled"),
  RECORD_UNAVAILABLE(503, "What was asked for cannot be recorded"),
  DEADLINE_EXCEEDED(503, "The answer would have taken too long"),
  BUSY(503, "Too much is waiting already");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The stable identifier that clients match on. */
  public URI uri() {
    return URI.create("urn:coffer:problem:" + slug());
  }

  /** The last part of the identifier, for example {@code name-taken}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
