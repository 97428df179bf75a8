package io.coffer.type;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fields of one credential as texts, with the defaults of its type, for whoever puts calls
 * together. The secrets stay their owner's; what this gives is a copy.
 */
public final class FieldTexts {

  private final TypeDefinition type;
  private final RenderSource source;

  /**
   * Of fields that were opened.
   *
   * @param plain the plain fields that are set
   * @param secret the secret fields, open as long as this is used
   */
  public FieldTexts(TypeDefinition type, Map<String, Object> plain, SecretFields secret) {
    this.type = type;
    this.source = new RenderSource(type, PlainFields.normalized(plain), secret);
  }

  /** Whether a field is set, or has a default. */
  public boolean has(String id) {
    return source.has(id);
  }

  /** The text of a field, plain or secret, lists joined by blanks; the caller closes it. */
  public Optional<SecretValue> find(String id) {
    Optional<Object> plain = source.plain(id);
    return plain.isPresent() && plain.get() instanceof List<?>
        ? plain(id).map(SecretValue::ofText)
        : source.find(id);
  }

  /** The text of a plain field, lists joined by blanks. */
  public Optional<String> plain(String id) {
    return source
        .plain(id)
        .map(
            value ->
                value instanceof List<?> list
                    ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                    : String.valueOf(value));
  }

  /**
   * The headers that the type says a credential becomes; the caller closes the values.
   *
   * @throws TypeFailure if a field is missing, or cannot stand in a header
   */
  public Map<String, SecretValue> headers() {
    HeaderRule rule =
        type.header().stream()
            .filter(candidate -> HeaderRenderer.fits(candidate, source))
            .findFirst()
            .orElseThrow(() -> RenderSource.missing(type.main()));
    Map<String, SecretValue> headers = new HashMap<>();
    HeaderRenderer.headers(rule, source)
        .forEach(
            (name, value) ->
                headers.put(
                    name,
                    value instanceof SecretValue secret
                        ? secret
                        : SecretValue.ofText(String.valueOf(value))));
    return headers;
  }
}
