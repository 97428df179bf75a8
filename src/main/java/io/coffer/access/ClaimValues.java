package io.coffer.access;

import io.coffer.access.issuer.IdentityConfig.IssuerConfig;
import io.coffer.web.JsonBody;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads claims in the forms in which providers send them. */
final class ClaimValues {

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final int LABEL_LENGTH = 255;
  private static final int BIND_LENGTH = 512;
  private static final String EMAIL = "email";

  private ClaimValues() {}

  /**
   * The texts at a path: of a text its words, of a list its texts, of an object its member names.
   *
   * @param path a claim's name, or names with {@code /} between
   */
  static List<String> strings(Map<String, Object> claims, String path) {
    return switch (find(claims, path)) {
      case String text -> SPACES.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
      case Collection<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case Map<?, ?> object -> object.keySet().stream().map(String::valueOf).toList();
      case null, default -> List.of();
    };
  }

  /** Whether there is anything at a path, of whatever form; an empty list or text is nothing. */
  static boolean has(Map<String, Object> claims, String path) {
    return switch (find(claims, path)) {
      case null -> false;
      case String text -> !text.isBlank();
      case Collection<?> list -> !list.isEmpty();
      case Map<?, ?> object -> !object.isEmpty();
      default -> true;
    };
  }

  static Claims.Profile profile(Map<String, Object> claims, IssuerConfig config) {
    String userName =
        config.userNameClaims().stream()
            .map(path -> text(claims, path))
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> Objects.requireNonNull(text(claims, "sub")));
    Actor.Kind kind = isWorkload(claims) ? Actor.Kind.WORKLOAD : Actor.Kind.PERSON;
    return new Claims.Profile(kind, userName, text(claims, "name"), text(claims, EMAIL));
  }

  /**
   * The text by which a placeholder is recognized, exactly as it stands; null if there is none. An
   * e-mail address counts only if the provider says that it was verified.
   */
  static @Nullable String bindValue(Map<String, Object> claims, String path) {
    boolean believed =
        !path.equals(EMAIL) || "true".equals(String.valueOf(claims.get("email_verified")));
    return believed && find(claims, path) instanceof String text && isBindValue(text) ? text : null;
  }

  private static boolean isBindValue(String text) {
    return !text.isBlank() && text.length() <= BIND_LENGTH && JsonBody.isStorable(text);
  }

  private static boolean isWorkload(Map<String, Object> claims) {
    String subject = text(claims, "sub");
    String client = text(claims, "client_id");
    String userName = text(claims, "preferred_username");
    return subject != null
        // RFC 9068, section 2.2: without a person, the subject is the client.
        && (subject.equals(client)
            || subject.startsWith("system:serviceaccount:")
            || (userName != null && userName.startsWith("service-account-")));
  }

  private static @Nullable String text(Map<String, Object> claims, String path) {
    return find(claims, path) instanceof String text && !text.isBlank() ? label(text) : null;
  }

  private static String label(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "").strip();
    return printable.length() <= LABEL_LENGTH ? printable : printable.substring(0, LABEL_LENGTH);
  }

  private static @Nullable Object find(Map<String, Object> claims, String path) {
    // Names may be URLs: the whole path is tried as a name first.
    if (claims.containsKey(path)) {
      return claims.get(path);
    }
    Object at = claims;
    for (String step : path.split("/")) {
      at = at instanceof Map<?, ?> object ? object.get(step) : null;
    }
    return at;
  }
}
