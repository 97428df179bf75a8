package io.coffer.access;

import io.coffer.access.issuer.CheckedToken;
import io.coffer.access.issuer.IdentityFailure;
import io.coffer.access.issuer.TokenChecker;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the access token of a request: behind {@code Bearer}, else in the browser's session. Either
 * way it passes the same check. The session counts only where pages of ours use it, and a changing
 * request needs the session's CSRF token as well.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class Authentication implements HttpAuthenticationMechanism {

  /** Where the log-in starts and ends. */
  public static final String LOGIN_PATH = "/login";

  /** Where the log-out form is sent; it carries its CSRF token in the form. */
  public static final String LOGOUT_PATH = "/logout";

  private static final String API = "/api/v1";
  private static final String TOKEN = "coffer.token";
  private static final String SESSION = "coffer.session";
  private static final String BEARER = "bearer ";
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final TokenChecker checker;
  private final OidcAuthenticationMechanism browserLogin;
  private final LoginConfig login;
  private final CsrfTokens csrf;

  Authentication(
      TokenChecker checker,
      OidcAuthenticationMechanism browserLogin,
      LoginConfig login,
      CsrfTokens csrf) {
    this.checker = checker;
    this.browserLogin = browserLogin;
    this.login = login;
    this.csrf = csrf;
  }

  /** The token that the identity stands for; null: nobody's. */
  static @Nullable CheckedToken tokenOf(SecurityIdentity identity) {
    return identity.getAttribute(TOKEN) instanceof CheckedToken token ? token : null;
  }

  /** Whether the token came in the browser's session. */
  static boolean bySession(SecurityIdentity identity) {
    return Boolean.TRUE.equals(identity.getAttribute(SESSION));
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager manager) {
    HttpServerRequest request = context.request();
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? checker
              .check(authorization.substring(BEARER.length()).strip())
              .map(token -> identity(token).build())
          : Uni.createFrom().nullItem();
    }
    if (!login.enabled() || !sessionCounts(context.normalizedPath())) {
      return Uni.createFrom().nullItem();
    }
    return session(context, manager)
        .chain(
            session -> session == null ? Uni.createFrom().nullItem() : ofSession(session, context));
  }

  /** The session of the cookie; a page treats one that does not open as none. */
  private Uni<SecurityIdentity> session(RoutingContext context, IdentityProviderManager manager) {
    Uni<SecurityIdentity> session = browserLogin.authenticate(context, manager);
    boolean page = !context.normalizedPath().startsWith(API);
    boolean endOfLogin = context.request().getParam("state") != null;
    return page && !endOfLogin
        ? session.onFailure(AuthenticationFailedException.class).recoverWithNull()
        : session;
  }

  private Uni<SecurityIdentity> ofSession(SecurityIdentity session, RoutingContext context) {
    AccessTokenCredential credential = session.getCredential(AccessTokenCredential.class);
    if (credential == null) {
      return Uni.createFrom().nullItem();
    }
    Uni<CheckedToken> checked = checker.check(credential.getToken());
    if (!context.normalizedPath().startsWith(API)) {
      // Pages show themselves to nobody in particular and offer the log-in again.
      checked = checked.onFailure(IdentityFailure.TokenRefused.class).recoverWithNull();
    }
    return checked
        .onItem()
        .ifNotNull()
        .invoke(token -> refuseForgery(token, context))
        .onItem()
        .ifNotNull()
        .transform(token -> withSession(token, session));
  }

  private void refuseForgery(CheckedToken token, RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean harmless =
        SAFE.contains(request.method()) || context.normalizedPath().equals(LOGOUT_PATH);
    if (!harmless && !csrf.verify(request.getHeader(CsrfTokens.HEADER), token)) {
      throw new Denied.ForgedRequest();
    }
  }

  private static QuarkusSecurityIdentity.Builder identity(CheckedToken token) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(token.issuer() + ' ' + token.subject()))
        .addAttribute(TOKEN, token);
  }

  /** What the log-out needs of the provider and gives back to it stays at hand. */
  private static SecurityIdentity withSession(CheckedToken token, SecurityIdentity session) {
    QuarkusSecurityIdentity.Builder identity = identity(token).addAttribute(SESSION, true);
    IdTokenCredential idToken = session.getCredential(IdTokenCredential.class);
    if (idToken != null) {
      identity.addCredential(idToken);
    }
    OidcConfigurationMetadata provider = session.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
    if (provider != null) {
      identity.addAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE, provider);
    }
    return identity.build();
  }

  private static boolean sessionCounts(String path) {
    return path.equals("/") || path.equals(LOGIN_PATH) || path.equals(LOGOUT_PATH) || isApi(path);
  }

  /** Whether a normalized path belongs to the native API, which has nothing for the public. */
  static boolean isApi(String path) {
    return path.equals(API) || path.startsWith(API + '/');
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return login.enabled() && context.normalizedPath().equals(LOGIN_PATH)
        ? browserLogin.getChallenge(context)
        : Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return browserLogin.getCredentialTypes();
  }

  @Override
  public int getPriority() {
    return 5000;
  }
}
