package io.coffer.kms.aws.server;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks that a request carries a signature of version 4 by a known access key. */
final class Signatures {

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final String region;
  private final Clock clock;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private volatile Duration skew = Duration.ZERO;

  Signatures(String region, Clock clock) {
    this.region = region;
    this.clock = clock;
  }

  void know(String accessKey, String secret) {
    secrets.put(accessKey, secret);
  }

  void forget(String accessKey) {
    secrets.remove(accessKey);
  }

  /** Sets this server's clock wrong. */
  void skew(Duration by) {
    skew = by;
  }

  /** Gives the access key that signed. */
  String check(Headers headers, byte[] body) {
    String header = headers.getFirst("Authorization");
    String date = headers.getFirst("X-Amz-Date");
    if (header == null || date == null) {
      throw new ServerFailure("MissingAuthenticationToken", "The request is not signed");
    }
    Matcher parts = AUTHORIZATION.matcher(header);
    if (!parts.matches()) {
      throw invalid("The header cannot be read");
    }
    String secret = secrets.get(parts.group(1));
    if (secret == null) {
      throw new ServerFailure("UnrecognizedClientException", "The security token is invalid.");
    }
    if (!parts.group(3).equals(region) || !parts.group(4).equals("kms")) {
      throw invalid("Credential should be scoped to " + region + "/kms");
    }
    requireTime(date);
    String expected = signature(secret, parts, date, headers, body);
    if (!expected.equals(parts.group(6))) {
      throw invalid("The signature does not match");
    }
    return parts.group(1);
  }

  private void requireTime(String date) {
    Instant signed;
    try {
      signed = TIME.parse(date, Instant::from);
    } catch (DateTimeParseException e) {
      throw invalid("X-Amz-Date cannot be read");
    }
    Duration apart = Duration.between(signed, clock.instant().plus(skew)).abs();
    if (apart.compareTo(TOLERANCE) > 0) {
      throw new ServerFailure("RequestTimeTooSkewed", "The difference is too large");
    }
  }

  private String signature(
      String secret, Matcher parts, String date, Headers headers, byte[] body) {
    String signed = parts.group(5);
    StringBuilder canonical = new StringBuilder("POST\n/\n\n");
    for (String name : signed.split(";")) {
      canonical.append(name).append(':').append(value(headers, name)).append('\n');
    }
    canonical.append('\n').append(signed).append('\n').append(hash(body));
    String scope = String.join("/", parts.group(2), region, "kms", "aws4_request");
    String toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            date,
            scope,
            hash(canonical.toString().getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String step : List.of(parts.group(2), region, "kms", "aws4_request", toSign)) {
      key = mac(key, step);
    }
    return HexFormat.of().formatHex(key);
  }

  private static String value(Headers headers, String name) {
    @Nullable List<String> values = headers.get(name);
    return values == null ? "" : String.join(",", values).strip().replaceAll(" +", " ");
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ServerFailure invalid(String message) {
    return new ServerFailure("InvalidSignatureException", message);
  }
}
