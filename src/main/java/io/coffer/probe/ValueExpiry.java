package io.coffer.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads out of values when their time is over, where they say so themselves: JSON web tokens (RFC
 * 7519, {@code exp}), certificates in PEM (RFC 7468), and shared access signatures of Azure ({@code
 * se=}). It looks at what is there and trusts nothing: an end that is wrong is at worst a warning.
 */
final class ValueExpiry {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 32 * 1024;
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]{2,}\\.([A-Za-z0-9_-]{2,})\\.[A-Za-z0-9_-]*");
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]{1,16384}-----END CERTIFICATE-----");
  private static final Pattern SIGNATURE =
      Pattern.compile("(?:^|[?&])se=([0-9A-Za-z%:.+-]{10,40})");

  private ValueExpiry() {}

  /** When the first of the values ends; empty if none says so. */
  static Optional<Instant> of(Map<String, Object> plain, SecretFields secrets) {
    Stream<Instant> ofSecrets =
        secrets.ids().stream().flatMap(id -> secrets.find(id).stream()).flatMap(ValueExpiry::ends);
    Stream<Instant> ofPlain =
        plain.values().stream()
            .filter(value -> value instanceof String text && text.length() <= LONGEST)
            .flatMap(value -> certificates((String) value));
    return Stream.concat(ofSecrets, ofPlain).min(Comparator.naturalOrder());
  }

  private static Stream<Instant> ends(SecretValue secret) {
    if (secret.length() > LONGEST) {
      return Stream.empty();
    }
    byte[] bytes = secret.revealBytes();
    try {
      // One byte, one character: these forms are ASCII, and any other value is as good as none.
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      return Stream.of(token(text).stream(), certificates(text), signature(text).stream())
          .flatMap(found -> found)
          .toList()
          .stream();
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static Optional<Instant> token(String text) {
    Matcher matcher = TOKEN.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      JsonNode exp = JSON.readTree(Base64.getUrlDecoder().decode(matcher.group(1))).path("exp");
      return exp.isNumber() ? at(exp.asLong()) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> at(long second) {
    // Years of four digits; what is beyond is a mistake of whoever made the token.
    return second > 0 && second < 253_402_300_800L
        ? Optional.of(Instant.ofEpochSecond(second))
        : Optional.empty();
  }

  private static Stream<Instant> certificates(String text) {
    return CERTIFICATE.matcher(text).results().flatMap(found -> certificate(found.group()));
  }

  private static Stream<Instant> certificate(String pem) {
    try {
      return Stream.of(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))))
          .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant());
    } catch (CertificateException e) {
      return Stream.empty();
    }
  }

  private static Optional<Instant> signature(String text) {
    Matcher matcher = SIGNATURE.matcher(text);
    if (!text.contains("sig=") || !matcher.find()) {
      return Optional.empty();
    }
    String end = matcher.group(1).replace("%3A", ":").replace("%3a", ":");
    try {
      return Optional.of(
          end.length() == 10
              ? LocalDate.parse(end).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(end).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
