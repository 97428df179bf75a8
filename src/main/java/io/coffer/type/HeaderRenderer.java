package io.coffer.type;

import io.coffer.secret.SecretValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** HTTP headers from fields (RFC 9110, section 11; RFC 7617). */
final class HeaderRenderer {

  private HeaderRenderer() {}

  static Map<String, Object> headers(HeaderRule rule, RenderSource source) {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put(rule.name(), authorization(rule, source));
    rule.also()
        .forEach((name, field) -> source.find(field).ifPresent(value -> headers.put(name, value)));
    headers.putAll(rule.constant());
    return headers;
  }

  private static SecretValue authorization(HeaderRule rule, RenderSource source) {
    String scheme = rule.scheme() == null ? "" : rule.scheme() + ' ';
    if (rule.field() != null) {
      try (SecretValue value = source.need(rule.field());
          WipingBuffer header = new WipingBuffer()) {
        requireOneLine(rule.field(), value);
        return header.add(scheme).add(value).value();
      }
    }
    if (rule.user() == null || rule.password() == null) {
      throw new IllegalStateException("a header has a field, or a user and a password");
    }
    return basic(scheme, rule.user(), rule.password(), source);
  }

  private static SecretValue basic(
      String scheme, String userField, String passwordField, RenderSource source) {
    try (SecretValue user = source.need(userField);
        SecretValue password = source.need(passwordField);
        WipingBuffer pair = new WipingBuffer();
        WipingBuffer header = new WipingBuffer()) {
      byte[] name = user.revealBytes();
      boolean colon = contains(name, ':');
      Arrays.fill(name, (byte) 0);
      if (colon) {
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

  /** A line break would end the header and begin another one. */
  private static void requireOneLine(String field, SecretValue value) {
    byte[] bytes = value.revealBytes();
    boolean several = contains(bytes, '\n') || contains(bytes, '\r') || contains(bytes, 0);
    Arrays.fill(bytes, (byte) 0);
    if (several) {
      throw refused(field, "must be one line in this form");
    }
  }

  private static boolean contains(byte[] bytes, int wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  private static TypeFailure.InvalidFields refused(String field, String message) {
    return new TypeFailure.InvalidFields(
        List.of(Violation.of(field, FieldRule.CHARACTERS, message)));
  }
}
