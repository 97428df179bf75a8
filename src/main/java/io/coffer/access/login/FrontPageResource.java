package io.coffer.access.login;

import io.coffer.access.Bearer;
import io.coffer.access.Callers;
import io.coffer.access.CsrfTokens;
import io.coffer.access.Denied;
import io.coffer.access.LoginConfig;
import io.coffer.access.Visitor;
import io.coffer.access.issuer.IdentityConfig;
import io.coffer.web.PublicAddress;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** The first page. It needs no script and loads nothing from elsewhere. */
@Path("/")
public class FrontPageResource {

  private final Callers callers;
  private final CsrfTokens csrf;
  private final LoginConfig login;
  private final IdentityConfig identity;
  private final PublicAddress address;

  FrontPageResource(
      Callers callers,
      CsrfTokens csrf,
      LoginConfig login,
      IdentityConfig identity,
      PublicAddress address) {
    this.callers = callers;
    this.csrf = csrf;
    this.login = login;
    this.identity = identity;
    this.address = address;
  }

  /** The template of the page. */
  record home(Page page) implements TemplateInstance {}

  /**
   * What the page shows.
   *
   * @param base the address of this service, without a slash at the end
   * @param issuers the addresses of the accepted issuers
   * @param dev whether this is a developer's own instance, whose users need no password
   * @param canLogIn whether browsers can log in
   * @param user who is logged in, if anybody
   */
  record Page(
      String base,
      List<String> issuers,
      boolean dev,
      boolean canLogIn,
      String clientId,
      @Nullable User user) {}

  /**
   * Who is logged in.
   *
   * @param csrfToken the token of the browser's session; null: another kind of caller
   */
  record User(
      String name, boolean disabled, List<Membership> memberships, @Nullable String csrfToken) {}

  /** RFC 9728, section 2. */
  public record ProtectedResource(
      String resource, List<String> authorizationServers, List<String> bearerMethodsSupported) {}

  @GET
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public Uni<Response> page(@Context UriInfo uri) {
    return callers
        .visitor()
        .chain(
            visitor ->
                visitor.isEmpty()
                    ? Uni.createFrom().item(page(uri, null))
                    : bearer().map(bearer -> page(uri, user(visitor.get(), bearer))))
        .chain(page -> new home(page).createUni())
        .map(this::answer);
  }

  /** RFC 9728: which issuers' tokens are accepted here, for programs. */
  @GET
  @Path(".well-known/oauth-protected-resource")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "Which issuers' access tokens are accepted here (RFC 9728)")
  public ProtectedResource protectedResource(@Context UriInfo uri) {
    return new ProtectedResource(address.text(uri), issuers(), List.of("header"));
  }

  /** The first request of a new person makes its row; here that is the log-in. */
  private Uni<Optional<Bearer>> bearer() {
    return callers
        .bearer()
        .map(Optional::of)
        .onFailure(Denied.PrincipalDisabled.class)
        .recoverWithItem(Optional.empty());
  }

  private User user(Visitor visitor, Optional<Bearer> bearer) {
    List<Membership> memberships =
        bearer.stream()
            .flatMap(it -> it.organizations().entrySet().stream())
            .map(entry -> Membership.of(entry.getKey(), entry.getValue()))
            .toList();
    return new User(
        visitor.userName(),
        bearer.isEmpty(),
        memberships,
        visitor.bySession() ? csrf.issue(visitor.issuer(), visitor.subject()) : null);
  }

  private Page page(UriInfo uri, @Nullable User user) {
    boolean dev = LaunchMode.current() == LaunchMode.DEVELOPMENT;
    return new Page(address.text(uri), issuers(), dev, login.enabled(), login.clientId(), user);
  }

  private Response answer(String html) {
    return Response.ok(html, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
        .header("Content-Security-Policy", contentSecurityPolicy())
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Forms may lead to the provider: the log-out goes on there, and browsers check that too. */
  private String contentSecurityPolicy() {
    String provider =
        loginIssuer()
            .map(URI::create)
            .map(it -> " " + it.getScheme() + "://" + it.getAuthority())
            .orElse("");
    return "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        + "form-action 'self'"
        + provider;
  }

  private Optional<String> loginIssuer() {
    return Optional.ofNullable(identity.issuers().get(IdentityConfig.DEFAULT_ISSUER))
        .flatMap(IdentityConfig.IssuerConfig::url);
  }

  private List<String> issuers() {
    return identity.issuers().entrySet().stream()
        // The default one first.
        .sorted(
            Comparator.comparing(entry -> !entry.getKey().equals(IdentityConfig.DEFAULT_ISSUER)))
        .flatMap(entry -> entry.getValue().url().stream())
        .toList();
  }
}
