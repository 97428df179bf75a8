package io.coffer.testing;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jose4j.jwk.PublicJsonWebKey;

/**
 * The one issuer of all tests that run inside the application. The test's class loader and the
 * application's are not the same, so what they share stands in system properties.
 */
@QuarkusTestResource(SharedTestIssuer.class)
public final class SharedTestIssuer implements QuarkusTestResourceLifecycleManager {

  private static final String URL = "coffer.test.issuer.url";
  private static final String KEY = "coffer.test.issuer.key";

  @Override
  public Map<String, String> start() {
    return Map.of(
        "coffer.identity.issuers.default.url",
        url(), //
        "coffer.identity.issuers.default.audience",
        TestTokens.AUDIENCE);
  }

  @Override
  public void stop() {
    // It serves until the JVM ends: other applications of the same run use it too.
  }

  /** The issuer's identifier; starts it if need be. */
  static String url() {
    ensureStarted();
    return System.getProperty(URL);
  }

  /** The key that signs, with its private half. */
  static PublicJsonWebKey key() {
    ensureStarted();
    return TestIssuer.readKey(System.getProperty(KEY));
  }

  // The server outlives this call on purpose.
  @SuppressWarnings("resource")
  private static void ensureStarted() {
    synchronized (System.getProperties()) {
      if (System.getProperty(URL) == null) {
        PublicJsonWebKey key = TestIssuer.newKey();
        System.setProperty(KEY, TestIssuer.withPrivateHalf(key));
        System.setProperty(URL, TestIssuer.start(key).url());
      }
    }
  }
}
