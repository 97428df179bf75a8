package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KeyContext;
import io.coffer.kms.KeyPurpose;
import io.coffer.kms.KeyRef;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.KmsProviders;
import io.coffer.kms.aws.server.Fault;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.KmsServerResource;
import io.coffer.secret.SecretValue;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever the libraries log, and however finely, no key is in it. */
@QuarkusTest
@QuarkusTestResource(value = KmsServerResource.class, restrictToAnnotatedClass = true)
class AwsLoggingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final KeyContext CONTEXT =
      new KeyContext(UUID.randomUUID(), UUID.randomUUID(), KeyPurpose.VALUES);
  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Handler capture =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          lines.add(record.getLoggerName() + ' ' + formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @SuppressWarnings("NullAway.Init") // the test resource sets it
  KmsServer server;

  @Inject KmsProviders providers;
  private Level before = Level.INFO;

  @BeforeEach
  void listenToEverything() {
    before = ROOT.getLevel();
    capture.setLevel(Level.ALL);
    ROOT.addHandler(capture);
    ROOT.setLevel(Level.ALL);
  }

  @AfterEach
  void stopListening() {
    ROOT.setLevel(before);
    ROOT.removeHandler(capture);
  }

  @Test
  void logsNoKeyOnTheWayInOrOut() {
    KeyRef key = providers.defaultKey();
    byte[] marker = "marker-of-a-key-that-must-not-be".getBytes(StandardCharsets.US_ASCII);
    try (SecretValue bytes = SecretValue.copyOf(marker);
        GeneratedKey made = providers.of(key).generate(key, CONTEXT).await().atMost(PATIENCE)) {
      var wrapped = providers.of(key).wrap(key, bytes, CONTEXT).await().atMost(PATIENCE);
      providers
          .of(key)
          .unwrap(wrapped.key(), wrapped.blob(), CONTEXT)
          .await()
          .atMost(PATIENCE)
          .close();
      server.faults().next("Decrypt", 1, Fault.error("DisabledException"));
      providers
          .of(key)
          .unwrap(wrapped.key(), wrapped.blob(), CONTEXT)
          .onFailure(KmsFailure.class)
          .recoverWithNull()
          .await()
          .atMost(PATIENCE);
      assertThat(lines).as("the libraries were heard").anyMatch(line -> line.contains("awssdk"));
      assertAbsent(marker);
      assertAbsent(made.plaintext().revealBytes());
    }
  }

  /** Looks for the bytes as text, in base64 and, as a dump of the wire shows them, in pieces. */
  private void assertAbsent(byte[] secret) {
    String base64 = Base64.getEncoder().withoutPadding().encodeToString(secret);
    String text = new String(secret, StandardCharsets.ISO_8859_1);
    for (String line : lines) {
      for (int i = 0; i + 12 <= base64.length(); i++) {
        assertThat(line).doesNotContain(base64.substring(i, i + 12));
      }
      assertThat(line).doesNotContain(text);
    }
  }
}
