package io.coffer.type;

import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HTTP headers from fields (RFC 9110, section 11; RFC 7617). */
final class HeaderRenderer {

  /** What a caller may write for no scheme at all, where a form cannot send an empty text. */
  private static final String NO_SCHEME = "none";

  private final HeaderRule rule;
  private final RenderSource source;
  private final Map<String, Object> headers = new LinkedHashMap<>();

  private HeaderRenderer(HeaderRule rule, RenderSource source) {
    this.rule = rule;
    this.source = source;
  }

  /** Whether the fields that carry the secret are all set. */
  static boolean fits(HeaderRule rule, RenderSource source) {
    return Stream.of(rule.field(), rule.user(), rule.password())
        .filter(Objects::nonNull)
        .allMatch(source::has);
  }

  static Map<String, Object> headers(HeaderRule rule, RenderSource source) {
    return new HeaderRenderer(rule, source).render();
  }

  private Map<String, Object> render() {
    String name = name();
    put(name, String.valueOf(rule.field()), authorization(name));
    rule.also()
        .forEach((other, field) -> source.find(field).ifPresent(value -> put(other, field, value)));
    headers.putAll(rule.constant());
    return headers;
  }

  private void put(String name, String field, SecretValue value) {
    headers.put(name, value);
    if (!RenderedText.fitsHeader(value)) {
      headers.values().forEach(HeaderRenderer::close);
      throw refused(field, "must be one line of visible characters in this form");
    }
  }

  private static void close(Object value) {
    if (value instanceof SecretValue secret) {
      secret.close();
    }
  }

  private String name() {
    String name = text(rule.nameField()).orElse(rule.name());
    if (!RenderedText.isToken(name)) {
      throw refused(String.valueOf(rule.nameField()), "must be the name of a header");
    }
    return name;
  }

  /** With the blank behind it; the scheme of the rule is that of the rule's own header alone. */
  private String scheme(String name) {
    Optional<String> chosen = text(rule.schemeField());
    String scheme =
        chosen.orElse(
            rule.scheme() != null && name.equalsIgnoreCase(rule.name()) ? rule.scheme() : "");
    if (scheme.isEmpty() || (chosen.isPresent() && scheme.equalsIgnoreCase(NO_SCHEME))) {
      return "";
    }
    if (!RenderedText.isToken(scheme)) {
      throw refused(String.valueOf(rule.schemeField()), "must be the name of a scheme");
    }
    return scheme + ' ';
  }

  private Optional<String> text(@Nullable String field) {
    return Optional.ofNullable(field).flatMap(source::plain).map(Object::toString);
  }

  private SecretValue authorization(String name) {
    String scheme = scheme(name);
    if (rule.field() != null) {
      try (SecretValue value = source.need(rule.field());
          WipingBuffer header = new WipingBuffer()) {
        return header.add(scheme).add(value).value();
      }
    }
    if (rule.user() == null || rule.password() == null) {
      throw new IllegalStateException("a header has a field, or a user and a password");
    }
    return basic(scheme, rule.user(), rule.password());
  }

  private SecretValue basic(String scheme, String userField, String passwordField) {
    try (SecretValue user = source.need(userField);
        SecretValue password = source.need(passwordField);
        WipingBuffer pair = new WipingBuffer();
        WipingBuffer header = new WipingBuffer()) {
      if (RenderedText.contains(user, ':')) {
        throw refused(userField, "must not hold a colon in this form");
      }
      try (SecretValue joined = pair.add(user).add(':').add(password).value()) {
        byte[] plain = joined.revealBytes();
        byte[] encoded = Base64.getEncoder().encode(plain);
        header.add(scheme).add(encoded);
        Arrays.fill(plain, (byte) 0);
        Arrays.fill(encoded, (byte) 0);
      }
      return header.value();
    }
  }

  private static TypeFailure.InvalidFields refused(String field, String message) {
    return new TypeFailure.InvalidFields(
        List.of(Violation.of(field, FieldRule.CHARACTERS, message)));
  }
}
