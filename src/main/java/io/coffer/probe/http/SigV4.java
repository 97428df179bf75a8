package io.coffer.probe.http;

import io.coffer.secret.SecretValue;
import io.coffer.type.WipingBuffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4 of a request without a body, in its {@code Authorization} header.
 *
 * @param service what is called, such as {@code sts}
 * @param region where
 * @param keyId the id of the access key
 */
record SigV4(String service, String region, String keyId) {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.UTC);

  /**
   * The headers to add.
   *
   * @param secretKey stays the caller's
   * @param sessionToken of temporary keys, stays the caller's; null for others
   */
  Map<String, SecretValue> headers(
      String method,
      URI url,
      Instant now,
      SecretValue secretKey,
      @Nullable SecretValue sessionToken) {
    Map<String, SecretValue> added = new TreeMap<>();
    added.put("x-amz-date", SecretValue.ofText(TIME.format(now)));
    if (sessionToken != null) {
      added.put("x-amz-security-token", sessionToken.copy());
    }
    String names = "host;" + String.join(";", added.keySet());
    String canonical = canonical(method, url, added, names);
    String scope = DAY.format(now) + "/" + region + "/" + service + "/aws4_request";
    String toSign = String.join("\n", ALGORITHM, TIME.format(now), scope, sha256(canonical));
    String signature = HexFormat.of().formatHex(signature(toSign, DAY.format(now), secretKey));
    added.put(
        "Authorization",
        SecretValue.ofText(
            "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(ALGORITHM, keyId, scope, names, signature)));
    return added;
  }

  private static String canonical(
      String method, URI url, Map<String, SecretValue> added, String names) {
    StringBuilder headers = new StringBuilder("host:").append(url.getRawAuthority()).append('\n');
    added.forEach(
        (name, value) ->
            headers.append(name).append(':').append(value.revealText().strip()).append('\n'));
    String path = Optional.ofNullable(url.getRawPath()).filter(p -> !p.isEmpty()).orElse("/");
    String query =
        Arrays.stream(Optional.ofNullable(url.getRawQuery()).orElse("").split("&"))
            .filter(pair -> !pair.isEmpty())
            .sorted()
            .collect(Collectors.joining("&"));
    return String.join("\n", method, path, query, headers, names, sha256(""));
  }

  private byte[] signature(String toSign, String day, SecretValue secretKey) {
    byte[] key = start(secretKey);
    for (String part : new String[] {day, region, service, "aws4_request", toSign}) {
      byte[] next = hmac(key, part);
      Arrays.fill(key, (byte) 0);
      key = next;
    }
    return key;
  }

  private static byte[] start(SecretValue secretKey) {
    try (WipingBuffer prefixed = new WipingBuffer();
        SecretValue key = prefixed.add("AWS4").add(secretKey).value()) {
      return key.revealBytes();
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
