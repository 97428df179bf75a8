package io.coffer.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.kms.aws.server.KmsServerResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.LogContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Loggers that quote secrets stay silent, whatever level an operator sets for them or for all. */
@QuarkusTest
@TestProfile(LeakProfile.class)
@QuarkusTestResource(value = KmsServerResource.class, restrictToAnnotatedClass = true)
class QuotingLoggersTest {

  static final List<String> QUOTING = LeakProfile.LIMITED;

  /** What no setting of ours or of the profile names. */
  static final List<String> BELOW =
      List.of(
          "io.netty.handler.logging.LoggingHandler",
          "org.jboss.resteasy.reactive.common.core.AbstractResteasyReactiveContext",
          "org.jboss.resteasy.reactive.server.handlers.RequestDeserializeHandler",
          "io.quarkus.micrometer.runtime.binder.vertx.VertxHttpServerMetrics",
          "software.amazon.awssdk.request",
          "software.amazon.awssdk.http.nio.netty.internal.ResponseHandler");

  @ParameterizedTest
  @FieldSource({"QUOTING", "BELOW"})
  void logsNothingBelowInfoThoughTraceIsConfigured(String logger) {
    var quoting = LogContext.getLogContext().getLogger(logger);
    assertThat(quoting.isLoggable(Level.DEBUG)).isFalse();
    assertThat(quoting.isLoggable(Level.TRACE)).isFalse();
    assertThat(quoting.isLoggable(Level.INFO)).isTrue();
  }

  @Test
  void letsAnOperatorSeeEverythingElse() {
    assertThat(LogContext.getLogContext().getLogger("io.vertx").isLoggable(Level.TRACE)).isTrue();
  }
}
