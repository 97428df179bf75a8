package io.coffer.access;

import io.coffer.web.RequestId;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The decisions that are about no row, and what to answer when a query found none. */
@ApplicationScoped
public class Access {

  private final Principals principals;
  private final CurrentVertxRequest request;

  Access(Principals principals, CurrentVertxRequest request) {
    this.principals = principals;
    this.request = request;
  }

  /**
   * Passes if the caller may create a credential that the organization owns. A personal one anybody
   * may create who is not disabled: {@link #mayAct}.
   *
   * @return fails with {@link Denied.MissingRole} or {@link Denied.PrincipalDisabled} otherwise
   */
  public Uni<Void> mayCreate(Caller caller) {
    return mayAct(caller, Role.ADMIN, Role.CREATOR, Role.SYSTEM_ADMIN);
  }

  /** Passes if the caller may change what belongs to the organization, such as its defaults. */
  public Uni<Void> mayAdminister(Caller caller) {
    return mayAct(caller, Role.ADMIN, Role.SYSTEM_ADMIN);
  }

  /** Passes if the caller may make and change the organization's own types. */
  public Uni<Void> mayChangeTypes(Caller caller) {
    return mayAct(caller, Role.TYPE_ADMIN, Role.SYSTEM_ADMIN);
  }

  /** Passes if the caller may read who did what in the organization. */
  public Uni<Void> mayAudit(Caller caller) {
    return mayAct(caller, Role.AUDITOR);
  }

  /** Passes if the caller may run the system as a whole. */
  public Uni<Void> mayRunSystem(Caller caller) {
    return mayAct(caller, Role.SYSTEM_ADMIN);
  }

  /**
   * Passes if the caller holds any of these roles, or none is named, and was not disabled.
   *
   * @return fails with {@link Denied.MissingRole} or {@link Denied.PrincipalDisabled} otherwise
   */
  public Uni<Void> mayAct(Caller caller, Role... anyOf) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (anyOf.length > 0) {
                caller.requireAny(anyOf);
              }
              return principals.requireEnabled(caller.principal());
            });
  }

  /**
   * What to answer when the decision let no row through: always fails, with {@link
   * Denied.PrincipalDisabled} if that is why, else with {@link Denied.NotVisible}.
   */
  public <T> Uni<T> nothingFound(Caller caller) {
    return principals
        .requireEnabled(caller.principal())
        .chain(() -> Uni.createFrom().failure(Denied.NotVisible::new));
  }

  /** An event about what the caller did just now, with the request at hand. */
  public AccessEvent event(Caller caller, String action) {
    return AccessEvent.done(caller, action, Instant.now()).by(RequestId.current(), clientAddress());
  }

  private @Nullable String clientAddress() {
    RoutingContext current = request.getCurrent();
    SocketAddress address = current == null ? null : current.request().remoteAddress();
    return address == null ? null : address.hostAddress();
  }
}
