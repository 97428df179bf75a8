package io.coffer.testing;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * The issuers of all tests that run inside the application: one whose claims speak for everything,
 * and {@code cluster}, whose claims speak for nothing. The test's class loader and the
 * application's are not the same, so what they share stands in system properties.
 */
@QuarkusTestResource(SharedTestIssuer.class)
public final class SharedTestIssuer implements QuarkusTestResourceLifecycleManager {

  private static final String DEFAULT = "default";
  private static final String CLUSTER = "cluster";

  @Override
  public Map<String, String> start() {
    return Map.of(
        "coffer.identity.issuers.default.url",
        url(DEFAULT),
        "coffer.identity.issuers.default.audience",
        TestTokens.AUDIENCE,
        "coffer.identity.issuers.cluster.url",
        url(CLUSTER),
        "coffer.identity.issuers.cluster.audience",
        TestTokens.AUDIENCE);
  }

  @Override
  public void stop() {
    // They serve until the JVM ends: other applications of the same run use them too.
  }

  /** The default issuer's identifier; starts it if need be. */
  static String url() {
    return url(DEFAULT);
  }

  /** The key with which the default issuer signs, with its private half. */
  static PublicJsonWebKey key() {
    return key(DEFAULT);
  }

  /** The identifier of the issuer that speaks for nothing. */
  static String clusterUrl() {
    return url(CLUSTER);
  }

  /** The key with which the issuer that speaks for nothing signs. */
  static PublicJsonWebKey clusterKey() {
    return key(CLUSTER);
  }

  private static String url(String name) {
    ensureStarted(name);
    return System.getProperty(property(name, "url"));
  }

  private static PublicJsonWebKey key(String name) {
    ensureStarted(name);
    return TestIssuer.readKey(System.getProperty(property(name, "key")));
  }

  private static String property(String name, String part) {
    return "coffer.test.issuer." + name + '.' + part;
  }

  // The server outlives this call on purpose.
  @SuppressWarnings("resource")
  private static void ensureStarted(String name) {
    synchronized (System.getProperties()) {
      if (System.getProperty(property(name, "url")) == null) {
        PublicJsonWebKey key = TestIssuer.newKey();
        System.setProperty(property(name, "key"), TestIssuer.withPrivateHalf(key));
        System.setProperty(property(name, "url"), TestIssuer.start(key).url());
      }
    }
  }
}
