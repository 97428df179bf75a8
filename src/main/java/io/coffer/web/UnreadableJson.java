package io.coffer.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what keeps a body from being read. Jackson's own messages quote the input, which may hold a
 * secret: the place is told, and names of members as far as they look like names.
 */
final class UnreadableJson {

  private static final String DUPLICATE = "Duplicate field";

  private UnreadableJson() {}

  static Problem problem(JsonProcessingException failure) {
    String message = failure.getOriginalMessage();
    if (message != null && message.startsWith(DUPLICATE)) {
      return ofMember(
          duplicate(failure), "duplicate", "The member is given twice" + at(failure) + ".");
    }
    if (failure instanceof StreamConstraintsException) {
      return Problem.of(
          ProblemType.MALFORMED_REQUEST,
          "The body is nested too deep, or a name or number in it is too long" + at(failure) + ".");
    }
    String place = failure instanceof JsonMappingException mapping ? place(mapping) : "";
    return place.isEmpty()
        ? Problem.of(
            ProblemType.MALFORMED_REQUEST, "The body is not valid JSON" + at(failure) + ".")
        : ofMember(place, "unreadable", "The member is unknown or of another kind.");
  }

  private static Problem ofMember(String place, String rule, String message) {
    return Problem.ofFields(
        ProblemType.MALFORMED_REQUEST,
        "The body has a member that cannot be read.",
        List.of(new Problem.FieldError(place, rule, message)));
  }

  private static String place(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(step -> step.getFieldName() == null ? "[]" : JsonBody.shown(step.getFieldName()))
        .collect(Collectors.joining("."));
  }

  /** The parser stands behind the second name when it refuses it. */
  private static String duplicate(JsonProcessingException failure) {
    Deque<String> path = new ArrayDeque<>();
    if (failure.getProcessor() instanceof JsonParser parser) {
      JsonStreamContext context = parser.getParsingContext();
      while (context != null && !context.inRoot()) {
        path.addFirst(
            context.inArray()
                ? "[" + Math.max(0, context.getCurrentIndex()) + "]"
                : "." + JsonBody.shown(String.valueOf(context.getCurrentName())));
        context = context.getParent();
      }
    }
    String joined = String.join("", path);
    return joined.startsWith(".") ? joined.substring(1) : joined;
  }

  private static String at(JsonProcessingException failure) {
    @Nullable JsonLocation location = failure.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : ", at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
