package io.coffer.access.login;

import io.coffer.access.Authentication;
import io.coffer.access.Callers;
import io.coffer.access.CsrfTokens;
import io.coffer.access.Denied;
import io.coffer.access.LoginConfig;
import io.coffer.access.Visitor;
import io.coffer.web.PublicAddress;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** Log-in by authorization code, and log-out here and at the provider. */
@Path("/")
public class LoginResource {

  private final Callers callers;
  private final CurrentIdentityAssociation identities;
  private final CsrfTokens csrf;
  private final LoginConfig config;
  private final OidcSession session;
  private final PublicAddress address;

  LoginResource(
      Callers callers,
      CurrentIdentityAssociation identities,
      CsrfTokens csrf,
      LoginConfig config,
      OidcSession session,
      PublicAddress address) {
    this.callers = callers;
    this.identities = identities;
    this.csrf = csrf;
    this.config = config;
    this.session = session;
    this.address = address;
  }

  /** Leads to the provider and back here, and from here to the first page. */
  @GET
  @Path(Authentication.LOGIN_PATH)
  @Operation(hidden = true)
  public Uni<Response> login(@Context UriInfo uri) {
    if (!config.enabled()) {
      throw new Denied.NotVisible();
    }
    return callers
        .visitor()
        .map(
            visitor -> {
              if (visitor.isEmpty()) {
                // Answered with the redirect to the provider.
                throw new UnauthorizedException();
              }
              return seeOther(address.home(uri));
            });
  }

  /** Ends the session here, then at the provider, which leads back to the first page. */
  @POST
  @Path(Authentication.LOGOUT_PATH)
  @Operation(hidden = true)
  public Uni<Response> logout(
      @RestForm("csrf_token") @Nullable String token, @Context UriInfo uri) {
    if (!config.enabled()) {
      throw new Denied.NotVisible();
    }
    return callers
        .visitor()
        .map(visitor -> visitor.filter(Visitor::bySession).orElseThrow(Denied.Unauthenticated::new))
        .invoke(
            visitor -> {
              if (!csrf.verify(token, visitor)) {
                throw new Denied.ForgedRequest();
              }
            })
        .chain(identities::getDeferredIdentity)
        .chain(
            identity -> session.logout().replaceWith(() -> seeOther(afterLogout(identity, uri))));
  }

  private URI afterLogout(SecurityIdentity identity, UriInfo uri) {
    IdTokenCredential idToken = identity.getCredential(IdTokenCredential.class);
    OidcConfigurationMetadata provider = identity.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE);
    String endSession = provider == null ? null : provider.getEndSessionUri();
    if (endSession == null || idToken == null) {
      return address.home(uri);
    }
    // OpenID Connect RP-Initiated Logout 1.0, section 2.
    return UriBuilder.fromUri(endSession)
        .queryParam("id_token_hint", idToken.getToken())
        .queryParam("client_id", config.clientId())
        .queryParam("post_logout_redirect_uri", "{home}")
        .build(address.home(uri).toString());
  }

  private static Response seeOther(URI place) {
    return Response.seeOther(place).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
