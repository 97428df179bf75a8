package io.coffer.type.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to prove a credential over HTTP. Either {@code like}, {@code none} or {@code calls} says
 * what is done.
 *
 * @param when what must hold of the fields
 * @param like the name of cases that several types share, see {@link SharedRules}; null for none
 * @param none why such a credential is not probed; null if it is
 * @param needs fields without which nothing can be shown
 * @param control the secret field that a random value stands in for, to see that the address
 *     refuses it; null where the protocol itself shows that, or where a wrong secret locks accounts
 * @param ca the field that holds the certificates, in PEM, that the server's must come from; null
 *     for the usual ones
 * @param calls what is sent; each further call only if the answer before says {@code next}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HttpCase(
    WhenRule when,
    @Nullable String like,
    @Nullable String none,
    List<String> needs,
    @Nullable String control,
    @Nullable String ca,
    List<CallRule> calls) {

  public HttpCase {
    when = when == null ? WhenRule.ALWAYS : when;
    needs = Absent.list(needs);
    calls = Absent.list(calls);
  }

  /** The kind of probe that cases declare. */
  public static final String KIND = "http";

  private static final TypeReference<List<HttpCase>> CASES = new TypeReference<>() {};
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Reads a declaration, with everything that it refers to in place.
   *
   * @param setting one case, or a list of them
   * @throws IllegalArgumentException if it is none; the message is for the author of the type
   */
  public static List<HttpCase> read(JsonNode setting) {
    try {
      return SharedRules.resolve(JSON.convertValue(setting, CASES));
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException(message, e);
    }
  }

  /** The same case for credentials of which the other rule holds as well. */
  HttpCase and(WhenRule other) {
    return new HttpCase(when.and(other), like, none, needs, control, ca, calls);
  }

  /** The same case with other calls. */
  HttpCase with(List<CallRule> others) {
    return new HttpCase(when, like, none, needs, control, ca, others);
  }
}
