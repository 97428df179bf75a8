package io.coffer.probe.http;

import io.coffer.probe.Reason;
import io.coffer.type.probe.FieldTemplate;
import io.coffer.type.probe.WhenRule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where calls go. */
final class Addresses {

  /** Places where anybody may have a name beside another's. */
  private static final Set<String> SHARED =
      Set.of(
          "azurecr.io",
          "azurewebsites.net",
          "github.io",
          "gitlab.io",
          "amazonaws.com",
          "cloudfront.net",
          "herokuapp.com",
          "run.app",
          "appspot.com",
          "vercel.app",
          "netlify.app",
          "workers.dev",
          "pages.dev",
          "ngrok.io",
          "fly.dev");

  private static final String UNRESERVED = "-._~";

  private Addresses() {}

  /**
   * Fills a template of an address. A value at its very beginning is an address itself; others are
   * encoded, so that they end neither host nor path.
   *
   * @throws CannotPlan if a value is missing
   */
  static String fill(String template, Filler filler) {
    StringBuilder address = new StringBuilder();
    for (FieldTemplate.Part part : FieldTemplate.parse(template).parts()) {
      switch (part) {
        case FieldTemplate.Literal literal -> address.append(literal.text());
        case FieldTemplate.Reference reference -> {
          String value =
              filler
                  .text(text(reference))
                  .orElseThrow(() -> new CannotPlan(Reason.INCOMPLETE))
                  .strip();
          address.append(address.isEmpty() ? value : within(value));
        }
      }
    }
    return address.toString();
  }

  private static String text(FieldTemplate.Reference reference) {
    String pointer = reference.pointer() == null ? "" : "#" + reference.pointer();
    String filter = reference.filter() == null ? "" : "|" + reference.filter();
    return "{" + reference.name() + pointer + filter + "}";
  }

  /**
   * Joins a path to an address. What the address already ends with is not repeated: users write it
   * with and without {@code /v1}.
   *
   * @param target a path, with a query or without
   * @throws CannotPlan if they make no address that can be called
   */
  static URI join(String base, String target) {
    URI start = absolute(base);
    if (start.getRawQuery() != null || start.getRawFragment() != null) {
      throw new CannotPlan(Reason.WRONG_ENDPOINT);
    }
    int query = target.indexOf('?');
    List<String> path = segments(query < 0 ? target : target.substring(0, query));
    List<String> before = segments(Optional.ofNullable(start.getRawPath()).orElse(""));
    int overlap = Math.min(before.size(), path.size());
    while (!before
        .subList(before.size() - overlap, before.size())
        .equals(path.subList(0, overlap))) {
      overlap--;
    }
    List<String> whole = new ArrayList<>(before);
    whole.addAll(path.subList(overlap, path.size()));
    String slash = query < 0 && target.endsWith("/") || target.contains("/?") ? "/" : "";
    return absolute(
        start.getScheme()
            + "://"
            + start.getRawAuthority()
            + "/"
            + String.join("/", whole)
            + (whole.isEmpty() ? "" : slash)
            + (query < 0 ? "" : target.substring(query)));
  }

  /**
   * An address that can be called; {@code https} if it does not say.
   *
   * @throws CannotPlan if it is none
   */
  static URI absolute(String address) {
    try {
      URI url = new URI(address.contains("://") ? address : "https://" + address);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (url.getHost() == null
          || url.getRawUserInfo() != null
          || url.getRawFragment() != null
          || !(scheme.equals("https") || scheme.equals("http"))) {
        throw new CannotPlan(Reason.WRONG_ENDPOINT);
      }
      return url;
    } catch (URISyntaxException e) {
      throw new CannotPlan(Reason.WRONG_ENDPOINT);
    }
  }

  /** The host of an address, in lower case; empty if it has none. */
  static String host(String address) {
    try {
      return absolute(address.strip()).getHost().toLowerCase(Locale.ROOT);
    } catch (CannotPlan notAnAddress) {
      return "";
    }
  }

  /** Whether a host is one of those; see {@link WhenRule#host()}. */
  static boolean isOneOf(String host, List<String> wanted) {
    return wanted.stream()
        .anyMatch(one -> one.startsWith("*.") ? host.endsWith(one.substring(1)) : host.equals(one));
  }

  /**
   * Whether a secret that is for one host may be sent to another one that it names: to what stands
   * above or below it, or beside it under a name that is not anybody's to have.
   */
  static boolean isSibling(String host, String other) {
    String mine = host.toLowerCase(Locale.ROOT);
    String theirs = other.toLowerCase(Locale.ROOT);
    if (mine.equals(theirs) || theirs.endsWith("." + mine)) {
      return true;
    }
    String parent = mine.substring(mine.indexOf('.') + 1);
    return isOwned(parent) && (theirs.equals(parent) || theirs.endsWith("." + parent));
  }

  private static boolean isOwned(String domain) {
    String[] labels = domain.split("\\.", -1);
    String last = labels[labels.length - 1];
    boolean address = Arrays.stream(labels).allMatch(label -> label.matches("[0-9]*"));
    boolean national = last.length() == 2 && labels.length == 2 && labels[0].length() <= 3;
    return labels.length >= 2 && !address && !national && !SHARED.contains(domain);
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1)).filter(segment -> !segment.isEmpty()).toList();
  }

  /** A value that stands within an address; dots alone would lead out of their place. */
  private static String within(String value) {
    if (value.equals(".") || value.equals("..")) {
      throw new CannotPlan(Reason.INCOMPLETE);
    }
    return encoded(value);
  }

  private static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b > 0 && (Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0);
      text.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return text.toString();
  }
}
