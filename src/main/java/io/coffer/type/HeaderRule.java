package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a credential becomes HTTP headers.
 *
 * @param name the header that carries the secret
 * @param nameField the field that names another header; null if there is no choice
 * @param scheme the authentication scheme (RFC 9110, section 11.1) in the header {@link #name};
 *     null for the bare value
 * @param schemeField the field that gives another scheme, or none, for any header; null if there is
 *     no choice
 * @param field the field that holds the secret; null if user and password do
 * @param user the field of the user name, for the Basic scheme
 * @param password the field of the password, for the Basic scheme
 * @param also further headers by name, from fields that are set
 * @param constant further headers with fixed values
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HeaderRule(
    String name,
    @Nullable String nameField,
    @Nullable String scheme,
    @Nullable String schemeField,
    @Nullable String field,
    @Nullable String user,
    @Nullable String password,
    Map<String, String> also,
    Map<String, String> constant) {

  public HeaderRule {
    also = Copies.map(also);
    constant = Copies.map(constant);
  }
}
