package io.coffer.kms.aws;

import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sees where requests really go, whoever said so: configuration, a system property, a profile or
 * the environment can all redirect the SDK. Tells each new place once, and stops what would travel
 * in clear text where that is not allowed.
 */
final class EndpointGuard implements ExecutionInterceptor {

  private static final Logger LOG = Logger.getLogger(EndpointGuard.class);

  /** A request that was not sent. */
  static final class Refused extends RuntimeException {
    Refused(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      String message = super.getMessage();
      return message == null ? "" : message;
    }
  }

  private final boolean plainHttpAllowed;
  private final AtomicReference<String> told = new AtomicReference<>("");

  EndpointGuard(boolean plainHttpAllowed) {
    this.plainHttpAllowed = plainHttpAllowed;
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    String endpoint = request.protocol() + "://" + request.host() + ':' + request.port();
    requireAllowed(request.protocol(), endpoint);
    if (!endpoint.equals(told.getAndSet(endpoint))) {
      LOG.infof("AWS KMS is called at %s", endpoint);
    }
  }

  /** Fails unless requests may go there. */
  void requireAllowed(String scheme, String endpoint) {
    if (!plainHttpAllowed && !"https".equalsIgnoreCase(scheme)) {
      throw new Refused(endpoint + " is not HTTPS");
    }
  }
}
