package io.coffer.probe;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names a value without holding it: an HMAC over all that decides what a probe would see, under a
 * key that this process made and nobody else has.
 */
@ApplicationScoped
class ContentKey {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  ContentKey() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  /** The name of a value; of two organizations it is never the same. */
  ByteBuffer of(UUID organization, ProbeKinds.Chosen chosen, ProbeRequest request) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      add(mac, organization.toString());
      add(mac, request.type().id() + " " + request.type().definitionVersion());
      add(mac, chosen.probe().kind() + ' ' + chosen.probe().version());
      new TreeMap<>(request.plain())
          .forEach(
              (id, value) -> {
                add(mac, id);
                // The kind as well: the number 1 is not the text 1.
                add(mac, (value instanceof String ? "text " : "other ") + value);
              });
      addSecrets(mac, request.secrets());
      return ByteBuffer.wrap(mac.doFinal()).asReadOnlyBuffer();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static void addSecrets(Mac mac, SecretFields secrets) {
    for (String id : secrets.ids()) {
      add(mac, "secret " + id);
      byte[] bytes = secrets.find(id).map(SecretValue::revealBytes).orElseGet(() -> new byte[0]);
      try {
        add(mac, bytes);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }

  private static void add(Mac mac, String text) {
    add(mac, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(Mac mac, byte[] bytes) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }
}
