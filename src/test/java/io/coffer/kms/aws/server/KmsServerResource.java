package io.coffer.kms.aws.server;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the application on the AWS adapter and a server of its own, which tests may inject. */
public final class KmsServerResource implements QuarkusTestResourceLifecycleManager {

  /** The alias under which the application knows its key. */
  public static final String ALIAS = "alias/coffer";

  private @Nullable KmsServer server;

  @Override
  public Map<String, String> start() {
    KmsServer started = KmsServer.start();
    server = started;
    started.alias(ALIAS, started.createKey());
    return settings(started);
  }

  /** What the application must be told to use a server. */
  public static Map<String, String> settings(KmsServer server) {
    return Map.of(
        "coffer.kms.provider",
        "aws",
        "coffer.kms.key-id",
        ALIAS,
        "quarkus.kms.aws.region",
        server.region(),
        "quarkus.kms.endpoint-override",
        server.endpoint().toString(),
        "quarkus.kms.aws.credentials.type",
        "static",
        "quarkus.kms.aws.credentials.static-provider.access-key-id",
        KmsServer.ACCESS_KEY,
        "quarkus.kms.aws.credentials.static-provider.secret-access-key",
        KmsServer.SECRET_KEY);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(server, new TestInjector.MatchesType(KmsServer.class));
  }

  @Override
  public void stop() {
    KmsServer running = server;
    if (running != null) {
      running.close();
    }
  }
}
