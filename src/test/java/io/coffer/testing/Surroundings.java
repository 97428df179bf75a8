package io.coffer.testing;

import java.util.HashMap;
import java.util.Map;

/**
 * Everything around the packaged application: the services that it needs, and an issuer whose
 * tokens it accepts. Several applications may be started in it, at once or one after the other.
 */
public final class Surroundings implements AutoCloseable {

  private final PackagedServices services = PackagedServices.start();
  private final TestIssuer issuer = TestIssuer.start();

  private Surroundings() {}

  public static Surroundings start() {
    return new Surroundings();
  }

  public PackagedServices services() {
    return services;
  }

  /** A token for an administrator of the organization. */
  public String adminOf(String organization) {
    return issuer.tokensOf("alice").organization(organization).roles("admin").sign();
  }

  /** A token for a member of the organization without a role. */
  public String tokenOf(String subject, String organization) {
    return issuer.tokensOf(subject).organization(organization).sign();
  }

  /** A token for who runs the installation. */
  public String systemAdminOf(String organization) {
    return issuer.tokensOf("root").organization(organization).roles("system_admin").sign();
  }

  /**
   * Starts an application here.
   *
   * @param more settings as environment variables, beside those that point it here
   */
  public PackagedCoffer application(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(services.environment());
    settings.put("COFFER_IDENTITY_ISSUERS_DEFAULT_URL", issuer.url());
    settings.put("COFFER_IDENTITY_ISSUERS_DEFAULT_AUDIENCE", TestTokens.AUDIENCE);
    settings.putAll(more);
    return PackagedCoffer.start(settings);
  }

  @Override
  public void close() {
    issuer.close();
    services.close();
  }
}
