package io.coffer.web;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;

/**
 * The address by which clients know this service: {@code coffer.http.public-address}, and only
 * without it what a request says in its {@code Host}, which is anybody's word.
 */
@ApplicationScoped
public class PublicAddress {

  private final Optional<URI> configured;

  PublicAddress(HttpConfig config) {
    this.configured = config.publicAddress().map(PublicAddress::checked);
  }

  /** Being here at the start, it refuses a wrong address then and not at the first request. */
  void check(@Observes StartupEvent start) {}

  /** The first page, with a slash at the end. */
  public URI home(UriInfo request) {
    return URI.create(text(request) + "/");
  }

  /** The address without a slash at the end. */
  public String text(UriInfo request) {
    return configured.map(URI::toString).orElseGet(() -> withoutSlash(request.getBaseUri()));
  }

  /** The address of a path, or the path alone where no address is configured. */
  URI of(String path) {
    return URI.create(configured.map(URI::toString).orElse("") + path);
  }

  static URI checked(URI address) {
    boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
    boolean plain =
        address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    boolean root = address.getRawPath() == null || address.getRawPath().isEmpty();
    if (!web || !plain || !root || address.getHost() == null) {
      throw new IllegalStateException(
          "coffer.http.public-address must be scheme and host, with a port or without, and nothing"
              + " behind, such as https://coffer.example.org");
    }
    return address;
  }

  private static String withoutSlash(URI address) {
    String text = address.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
