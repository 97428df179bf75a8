package io.coffer.access.people;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Actor;
import io.coffer.access.NewPrincipal;
import io.coffer.access.PrincipalsConfig;
import io.coffer.access.issuer.IdentityConfig;
import io.coffer.web.JsonBody;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads whom a request announces. */
@ApplicationScoped
class NewcomerBodies {

  private static final int MAX_ISSUER = 1024;
  private static final int MAX_SUBJECT = 512;
  private static final int MAX_USER_NAME = 255;
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  /** As they are recorded, by all that they may be called. */
  private final Map<String, String> issuers;

  private final Set<String> names;
  private final PrincipalsConfig config;

  NewcomerBodies(IdentityConfig identity, PrincipalsConfig config) {
    Map<String, String> called = new HashMap<>();
    this.names = new TreeSet<>();
    identity
        .issuers()
        .forEach(
            (name, issuer) ->
                issuer
                    .recordedAs()
                    .or(issuer::url)
                    .ifPresent(
                        recorded -> {
                          names.add(name);
                          called.put(name, recorded);
                          issuer.url().ifPresent(url -> called.putIfAbsent(url, recorded));
                          called.put(recorded, recorded);
                        }));
    this.issuers = Map.copyOf(called);
    this.config = config;
  }

  NewPrincipal read(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    NewPrincipal newcomer =
        body.has("bind_value") || !body.has("subject") ? placeholder(body) : known(body);
    body.finish();
    return newcomer;
  }

  private NewPrincipal placeholder(JsonBody body) {
    return NewPrincipal.placeholder(
        userName(body, body.requiredText("user_name", MAX_USER_NAME)),
        body.requiredText("bind_value", MAX_SUBJECT),
        config.bindWithin());
  }

  private NewPrincipal known(JsonBody body) {
    String issuer = issuer(body, body.text("issuer", MAX_ISSUER));
    String subject = body.requiredText("subject", MAX_SUBJECT);
    String userName = body.text("user_name", MAX_USER_NAME);
    return NewPrincipal.known(issuer, subject, kind(body, subject), label(body, userName, subject));
  }

  /** Where there is one issuer alone, nobody else can be meant. */
  private String issuer(JsonBody body, @Nullable String sent) {
    String named = sent == null && names.size() == 1 ? names.iterator().next() : sent;
    String recorded = named == null ? null : issuers.get(named);
    if (recorded == null) {
      body.error(
          "issuer",
          named == null ? "required" : "issuer",
          "It must be the name or the address of a configured issuer: "
              + String.join(", ", names)
              + ".");
      return "";
    }
    return recorded;
  }

  private static String label(JsonBody body, @Nullable String userName, String subject) {
    return userName == null || userName.isBlank()
        ? subject.substring(0, Math.min(subject.length(), MAX_USER_NAME))
        : userName(body, userName);
  }

  private static String userName(JsonBody body, String userName) {
    if (userName.chars().anyMatch(Character::isISOControl)) {
      body.error("user_name", "characters", "It must not have control characters.");
    }
    return userName.strip();
  }

  private static Actor.Kind kind(JsonBody body, String subject) {
    String kind = body.text("kind", MAX_USER_NAME);
    if (kind == null) {
      return subject.startsWith(SERVICE_ACCOUNT) ? Actor.Kind.WORKLOAD : Actor.Kind.PERSON;
    }
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "person" -> Actor.Kind.PERSON;
      case "workload" -> Actor.Kind.WORKLOAD;
      default -> {
        body.error("kind", "choice", "It must be person or workload.");
        yield Actor.Kind.PERSON;
      }
    };
  }
}
