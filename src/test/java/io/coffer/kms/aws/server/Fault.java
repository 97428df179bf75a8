package io.coffer.kms.aws.server;

import java.util.concurrent.CountDownLatch;

/** Something that goes wrong with an answer. */
public sealed interface Fault {

  /** An error answer with this code, and the status that belongs to it unless one is given. */
  record Error(String code, int status) implements Fault {}

  /** The right answer, but not before the latch opens. */
  record Held(CountDownLatch until) implements Fault {}

  /** No answer until the server closes. */
  record Never() implements Fault {}

  /** The headers of an answer, and then a closed connection. */
  record Cut() implements Fault {}

  /** This status with this body, whatever was asked. */
  record Raw(int status, String contentType, String body) implements Fault {}

  /** The right answer, but of another key. */
  record OtherKey(String arn) implements Fault {}

  /** The right answer, but with a plaintext of this many bytes. */
  record PlaintextOf(int length) implements Fault {}

  /** The right answer, but with an empty blob. */
  record EmptyBlob() implements Fault {}

  static Fault error(String code) {
    return new Error(code, new ServerFailure(code, "").status());
  }

  static Fault html(int status) {
    return new Raw(status, "text/html", "<html><body>Service Unavailable</body></html>");
  }

  static Fault emptyObject() {
    return new Raw(200, "application/x-amz-json-1.1", "{}");
  }

  static Fault noBody() {
    return new Raw(200, "application/x-amz-json-1.1", "");
  }
}
