package io.coffer.probe.http;

import io.coffer.probe.Reason;
import io.coffer.secret.SecretValue;
import io.coffer.type.FieldTexts;
import io.coffer.type.SecretJson;
import io.coffer.type.TypeFailure;
import io.coffer.type.WipingBuffer;
import io.coffer.type.probe.AuthRule;
import io.coffer.type.probe.CallRule;
import io.coffer.type.probe.FieldTemplate;
import io.coffer.type.probe.HttpCase;
import io.coffer.type.probe.WhenRule;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes calls of what is declared and the fields of one credential; pure. */
final class HttpPlan {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JSON = "application/json";

  private HttpPlan() {}

  /** The first case that fits. */
  static Optional<HttpCase> choose(List<HttpCase> cases, FieldTexts fields) {
    return cases.stream().filter(one -> fits(one.when(), fields)).findFirst();
  }

  private static boolean fits(WhenRule when, FieldTexts fields) {
    return when.set().stream().allMatch(fields::has)
        && when.unset().stream().noneMatch(fields::has)
        && when.is().entrySet().stream()
            .allMatch(e -> fields.plain(e.getKey()).filter(e.getValue()::contains).isPresent())
        && when.starts().entrySet().stream().allMatch(e -> starts(e.getKey(), e.getValue(), fields))
        && when.host().entrySet().stream()
            .allMatch(
                e ->
                    fields
                        .plain(e.getKey())
                        .filter(url -> Addresses.isOneOf(Addresses.host(url), e.getValue()))
                        .isPresent());
  }

  private static boolean starts(String field, List<String> beginnings, FieldTexts fields) {
    return fields
        .find(field)
        .filter(
            value -> {
              try (value) {
                return WireTexts.startsWithOneOf(value, beginnings);
              }
            })
        .isPresent();
  }

  /**
   * The call, which the caller closes. It computes where the call has an assertion.
   *
   * @param filler knows what earlier answers gave
   * @throws CannotPlan if the fields make no call
   */
  static PlannedCall plan(HttpCase one, CallRule call, Filler filler, Instant now) {
    if (!one.needs().stream().allMatch(filler.fields()::has)) {
      throw new CannotPlan(Reason.INCOMPLETE);
    }
    if (call.jwt() != null) {
      filler.know("jwt", JwtMaker.make(call.jwt(), filler, now));
    }
    URI url = address(call, filler);
    Map<String, SecretValue> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    try {
      headers.put("Accept", SecretValue.ofText(JSON));
      headers.put("User-Agent", SecretValue.ofText("Coffer"));
      sign(call, url, filler, now, headers);
      call.headers()
          .forEach((name, text) -> filler.fill(text).ifPresent(value -> headers.put(name, value)));
      headers.values().forEach(HttpPlan::requireLine);
      SecretValue body = body(call, filler);
      return new PlannedCall(
          call.method(),
          url,
          headers,
          body == null ? null : contentType(call),
          body,
          one.ca() == null ? null : filler.text("{" + one.ca() + "}").orElse(null));
    } catch (RuntimeException e) {
      headers.values().forEach(SecretValue::close);
      throw e;
    }
  }

  private static URI address(CallRule call, Filler filler) {
    String target = Addresses.fill(call.target(), filler);
    String at = call.at();
    URI url =
        at == null
            ? Addresses.absolute(target)
            : Addresses.join(Addresses.fill(at, filler), target);
    if (!call.within().isEmpty() && !isWithin(call.within(), url.getHost(), filler)) {
      throw new CannotPlan(Reason.BLOCKED_BY_POLICY);
    }
    return url;
  }

  /** Whether an address that an answer named is one that the secret may be sent to. */
  private static boolean isWithin(List<String> hosts, String host, Filler filler) {
    for (String template : hosts) {
      boolean literal = FieldTemplate.parse(template).references().isEmpty();
      String allowed = literal ? template : Addresses.host(filler.text(template).orElse(""));
      if (literal
          ? allowed.equalsIgnoreCase(host)
          : !allowed.isEmpty() && Addresses.isSibling(allowed, host)) {
        return true;
      }
    }
    return false;
  }

  private static void sign(
      CallRule call, URI url, Filler filler, Instant now, Map<String, SecretValue> headers) {
    AuthRule auth = call.auth();
    if (auth == null) {
      return;
    }
    switch (auth.kind()) {
      case HEADER -> headers.putAll(ofType(filler.fields()));
      case BEARER -> {
        try (SecretValue token = filler.need(Objects.requireNonNull(auth.token()));
            WipingBuffer header = new WipingBuffer()) {
          headers.put("Authorization", header.add("Bearer ").add(token).value());
        }
      }
      case BASIC -> {
        try (SecretValue user = filler.need(Objects.requireNonNull(auth.user()));
            SecretValue password = filler.need(Objects.requireNonNull(auth.password()))) {
          headers.put("Authorization", WireTexts.basic(user, password));
        }
      }
      case SIGV4 -> headers.putAll(sigV4(call, auth, url, filler, now));
    }
  }

  private static Map<String, SecretValue> ofType(FieldTexts fields) {
    try {
      return fields.headers();
    } catch (TypeFailure e) {
      throw new CannotPlan(Reason.INCOMPLETE);
    }
  }

  private static Map<String, SecretValue> sigV4(
      CallRule call, AuthRule auth, URI url, Filler filler, Instant now) {
    Optional<SecretValue> session = Optional.ofNullable(auth.sessionToken()).flatMap(filler::fill);
    try (SecretValue key = filler.need(Objects.requireNonNull(auth.secretKey()))) {
      SigV4 signer =
          new SigV4(
              text(auth.service(), filler),
              text(auth.region(), filler),
              text(auth.keyId(), filler));
      return signer.headers(call.method(), url, now, key, session.orElse(null));
    } finally {
      session.ifPresent(SecretValue::close);
    }
  }

  private static String text(@Nullable String template, Filler filler) {
    return Optional.ofNullable(template)
        .flatMap(filler::text)
        .orElseThrow(() -> new CannotPlan(Reason.INCOMPLETE));
  }

  /** A header that is not one line would begin another one. */
  private static void requireLine(SecretValue value) {
    if (!WireTexts.isLine(value)) {
      throw new CannotPlan(Reason.INCOMPLETE);
    }
  }

  private static @Nullable SecretValue body(CallRule call, Filler filler) {
    Map<String, String> declared = call.form().isEmpty() ? call.send() : call.form();
    if (declared.isEmpty()) {
      return null;
    }
    Map<String, Object> texts = new LinkedHashMap<>();
    try (WipingBuffer out = new WipingBuffer()) {
      declared.forEach(
          (name, template) -> filler.fill(template).ifPresent(value -> texts.put(name, value)));
      if (call.form().isEmpty()) {
        SecretJson.write(texts, out);
      } else {
        texts.forEach((name, value) -> WireTexts.parameter(name, (SecretValue) value, out));
      }
      return out.value();
    } finally {
      texts.values().forEach(value -> ((SecretValue) value).close());
    }
  }

  private static String contentType(CallRule call) {
    return call.form().isEmpty() ? JSON : FORM;
  }
}
