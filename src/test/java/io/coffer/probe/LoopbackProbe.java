package io.coffer.probe;

import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Asks a {@link Provider} on this machine whether it knows a key. */
@ApplicationScoped
class LoopbackProbe implements Probe {

  static final String KIND = "loopback";

  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String host(ProbeRequest request) {
    return Objects.requireNonNull(base(request.plain()).getAuthority());
  }

  static URI base(Map<String, Object> plain) {
    return URI.create(
        plain.values().stream()
            .filter(value -> value instanceof String text && text.startsWith("http://127.0.0.1:"))
            .map(String.class::cast)
            .findFirst()
            .orElseThrow());
  }

  @Override
  public Uni<Verdict> probe(ProbeRequest request) {
    String key =
        request.secrets().ids().stream()
            .findFirst()
            .flatMap(request.secrets()::find)
            .map(SecretValue::revealText)
            .orElse("");
    Duration left = Duration.between(Clock.systemUTC().instant(), request.deadline());
    HttpRequest call =
        HttpRequest.newBuilder(base(request.plain()))
            .timeout(left)
            .header("Authorization", "Bearer " + key)
            .build();
    return Uni.createFrom()
        .completionStage(() -> client.sendAsync(call, HttpResponse.BodyHandlers.ofString()))
        .map(LoopbackProbe::read)
        .onFailure(java.net.http.HttpTimeoutException.class)
        .recoverWithItem(() -> Verdict.unknown(Reason.TIMEOUT))
        .onFailure(java.io.IOException.class)
        .recoverWithItem(() -> Verdict.unknown(Reason.NETWORK));
  }

  private static Verdict read(HttpResponse<String> answer) {
    Verdict verdict =
        switch (answer.statusCode()) {
          case 200 -> Verdict.valid();
          case 401 -> Verdict.invalid(Reason.BAD_SECRET);
          case 403 -> Verdict.unusable(Reason.MISSING_SCOPE);
          case 429 -> Verdict.unknown(Reason.RATE_LIMITED);
          default -> Verdict.unknown(Reason.PROVIDER_ERROR);
        };
    Verdict coded =
        verdict
            .withCode(answer.body())
            .withMetadata(
                answer
                    .headers()
                    .firstValue("X-Account")
                    .map(it -> Map.of("account", it))
                    .orElse(Map.of()))
            .withExpiry(answer.headers().firstValue("X-Ends").map(Instant::parse).orElse(null))
            .withRetryAfter(
                answer
                    .headers()
                    .firstValue("Retry-After")
                    .map(Long::parseLong)
                    .map(Duration::ofSeconds)
                    .orElse(null));
    return answer.headers().firstValue("X-Weak").isPresent() ? coded.weakly() : coded;
  }
}
