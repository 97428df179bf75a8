package io.coffer.kms;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is told how calls to a provider ended. */
interface KmsObserver {

  /**
   * Takes note of the end of one call.
   *
   * @param failure null if the call succeeded
   * @param took from the subscription to the end
   */
  void observed(
      String provider, KmsOperation operation, @Nullable KmsFailure failure, Duration took);
}
