package io.coffer.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A problem detail (RFC 9457) as it goes to the client.
 *
 * @param kind decides type, title and status
 * @param detail what went wrong in this case, without any value that the caller sent
 * @param errors the fields that are wrong, empty if the problem is not about fields
 * @param extensions further members
 * @param retryAfter when a retry may help, if it may
 */
public record Problem(
    @JsonIgnore ProblemType kind,
    @Nullable String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
    @JsonIgnore Map<ProblemMember, Object> extensions,
    @JsonIgnore @Nullable Duration retryAfter) {

  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int MAX_ERRORS = 100;

  /**
   * One field that is wrong.
   *
   * @param field the field's path in the request, for example {@code fields.api_key}
   * @param rule a stable word for the broken rule, for example {@code required}
   * @param message a sentence that names the limit but never repeats the value
   */
  public record FieldError(String field, String rule, String message) {}

  public Problem {
    errors = List.copyOf(errors);
    extensions = Map.copyOf(extensions);
  }

  public static Problem of(ProblemType kind, @Nullable String detail) {
    return new Problem(kind, detail, List.of(), Map.of(), null);
  }

  /** A problem of fields; of very many wrong ones the first are told, and how many there are. */
  public static Problem ofFields(ProblemType kind, String detail, List<FieldError> errors) {
    if (errors.size() <= MAX_ERRORS) {
      return new Problem(kind, detail, errors, Map.of(), null);
    }
    List<FieldError> first = errors.subList(0, MAX_ERRORS);
    return new Problem(
        kind, detail, first, Map.of(ProblemMember.ERRORS_IN_ALL, errors.size()), null);
  }

  /** The same problem with one more member. */
  public Problem with(ProblemMember member, Object value) {
    Map<ProblemMember, Object> more = new EnumMap<>(ProblemMember.class);
    more.putAll(extensions);
    more.put(member, value);
    return new Problem(kind, detail, errors, more, retryAfter);
  }

  public Problem retryAfter(Duration delay) {
    return new Problem(kind, detail, errors, extensions, delay);
  }

  /** The further members as they are sent. */
  @JsonAnyGetter
  public Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    extensions.forEach((member, value) -> members.put(member.wireName(), value));
    return members;
  }

  @JsonProperty
  public String type() {
    return kind.uri().toString();
  }

  @JsonProperty
  public String title() {
    return kind.title();
  }

  @JsonProperty
  public int status() {
    return kind.status();
  }

  @JsonProperty("request_id")
  public @Nullable String requestId() {
    return RequestId.current();
  }

  /** The response that carries this problem. */
  public Response toResponse() {
    Response.ResponseBuilder response =
        Response.status(kind.status())
            .type(MediaType.valueOf(MEDIA_TYPE))
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .entity(this);
    if (retryAfter != null) {
      response.header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()));
    }
    return response.build();
  }
}
