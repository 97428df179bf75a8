package io.coffer.kms.aws.server;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One operation of the service. */
interface Operation {

  /** Performs it, or fails with a {@link ServerFailure}. */
  ObjectNode perform(Input input, String accessKey);
}
