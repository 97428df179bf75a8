package io.coffer.type;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to mask a value and to render it as a URL. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TypeBench {

  private static final Map<String, Object> PLAIN =
      Map.of("host", "db.example.org", "port", 5432L, "user", "reader", "database", "sales");

  /** A type that renders as a URL. */
  @Param({"postgresql", "mysql", "clickhouse"})
  public String slug = "";

  private final Renderer renderer = new Renderer();
  private final Masks masks = new Masks();
  private CredentialType type = SampleTypes.TOKEN;
  private SecretFields secret = SecretFields.none();

  @Setup
  public void prepare() {
    try (InputStream pack =
        Objects.requireNonNull(Renderer.class.getResourceAsStream("/types/" + slug + ".yaml"))) {
      type = new CredentialType(new UUID(0, 1), 1, slug, 1, true, null, TypePacks.read(pack));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    secret = SecretFields.of(Map.of("password", SecretValue.ofText("p@ss:w/rd-with-marks?")));
  }

  @Benchmark
  public String mask() {
    return masks.mask(type, PLAIN, secret);
  }

  @Benchmark
  public int url() {
    try (Rendered rendered = renderer.render(type, RenderForm.URL, PLAIN, secret);
        SecretValue json = rendered.json()) {
      return json.length();
    }
  }
}
