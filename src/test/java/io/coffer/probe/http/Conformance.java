package io.coffer.probe.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.coffer.probe.ProbeRequest;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.CredentialType;
import io.coffer.type.FieldDefinition;
import io.coffer.type.PackYaml;
import io.coffer.type.TypeDefinition;
import io.coffer.type.TypePacks;
import io.coffer.type.TypeSample;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the probe of one type is held to: answers of recorded shape, and the verdicts expected.
 *
 * @param looks by sort of credential
 */
record Conformance(List<Look> looks) {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final Path FOLDER = Path.of("src/test/resources/probes");

  private static final UUID ORGANIZATION = new UUID(0, 7);
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * A look at one credential.
   *
   * @param of what is looked at
   * @param sampleWith the sample that has this field; null for the first sample
   * @param with fields put over the sample's; null takes one away
   * @param calls what is sent, as {@code METHOD URL}
   * @param standard {@code no} if what every probe must read alike is left out
   * @param except the standard answers that mean something else here
   * @param notProbed {@code yes} if nothing is sent and nothing said
   * @param verdict what comes of fields that make no call
   */
  record Look(
      String of,
      @Nullable String sampleWith,
      Map<String, JsonNode> with,
      List<String> calls,
      @Nullable String standard,
      List<String> except,
      @Nullable String notProbed,
      @Nullable String verdict,
      List<Said> answers) {

    Look {
      with = with == null ? Map.of() : with;
      calls = calls == null ? List.of() : calls;
      except = except == null ? List.of() : except;
      answers = answers == null ? List.of() : answers;
    }

    boolean isStandard() {
      return !"no".equals(standard) && !calls.isEmpty();
    }

    boolean isNotProbed() {
      return "yes".equals(notProbed);
    }
  }

  /** An answer, and what it means. */
  record Said(
      @Nullable String said,
      int status,
      @Nullable JsonNode json,
      @Nullable String html,
      @Nullable String text,
      Map<String, String> headers,
      List<Said> after,
      @Nullable String verdict,
      @Nullable String usable,
      @Nullable String code,
      @Nullable Long retryAfter,
      @Nullable String expires,
      @Nullable Map<String, String> metadata,
      @Nullable String weak)
      implements Answer {

    Said {
      headers = headers == null ? Map.of() : headers;
      after = after == null ? List.of() : after;
    }

    static Said of(int status, @Nullable String json, @Nullable String html) {
      return new Said(
          null, status, null, html, json, Map.of(), List.of(), null, null, null, null, null, null,
          null);
    }

    Said with(Map<String, String> more) {
      return new Said(
          said,
          status,
          json,
          html,
          text,
          more,
          after,
          verdict,
          usable,
          code,
          retryAfter,
          expires,
          metadata,
          weak);
    }

    String contentType() {
      return html == null ? "application/json" : "text/html; charset=utf-8";
    }

    @Override
    public Optional<String> header(String name) {
      Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      all.put("content-type", contentType());
      all.putAll(headers);
      return Optional.ofNullable(all.get(name));
    }

    @Override
    public byte[] body() {
      String body = html != null ? html : text != null ? text : json == null ? "" : json.toString();
      return body.getBytes(StandardCharsets.UTF_8);
    }
  }

  static Conformance of(String slug) {
    try (InputStream in = Files.newInputStream(FOLDER.resolve(slug + ".yaml"))) {
      return JSON.treeToValue(PackYaml.tree(in), Conformance.class);
    } catch (IOException e) {
      throw new UncheckedIOException("of " + slug, e);
    }
  }

  static List<String> slugs() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString().replace(".yaml", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final Map<String, TypeDefinition> PACKS = packs();

  private static Map<String, TypeDefinition> packs() {
    Map<String, TypeDefinition> packs = new HashMap<>();
    TypePacks.load().forEach(pack -> packs.put(pack.slug(), pack));
    return packs;
  }

  static TypeDefinition pack(String slug) {
    return Objects.requireNonNull(PACKS.get(slug));
  }

  /** The request for one look; its secrets are the caller's to close. */
  static ProbeRequest request(String slug, Look look) {
    TypeDefinition pack = pack(slug);
    Map<String, JsonNode> fields = new HashMap<>(sample(slug, look));
    fields.putAll(look.with());
    Map<String, Object> plain = new HashMap<>();
    Map<String, SecretValue> secret = new HashMap<>();
    fields.forEach(
        (id, value) -> {
          FieldDefinition field = pack.field(id).orElseThrow(() -> new AssertionError(id));
          if (!(value instanceof NullNode) && field.secret()) {
            secret.put(
                id, SecretValue.ofText(value.isTextual() ? value.asText() : value.toString()));
          } else if (!(value instanceof NullNode)) {
            plain.put(id, JSON.convertValue(value, Object.class));
          }
        });
    return new ProbeRequest(
        ORGANIZATION,
        new CredentialType(new UUID(0, slug.hashCode()), 1, slug, 1, true, null, pack),
        Objects.requireNonNull(pack.probe()).setting(),
        plain,
        SecretFields.of(secret),
        NOW.plusSeconds(20));
  }

  private static Map<String, JsonNode> sample(String slug, Look look) {
    return TypeSample.of(slug).valid().stream()
        .map(TypeSample.Valid::fields)
        .filter(fields -> look.sampleWith() == null || fields.containsKey(look.sampleWith()))
        .findFirst()
        .orElseThrow();
  }
}
