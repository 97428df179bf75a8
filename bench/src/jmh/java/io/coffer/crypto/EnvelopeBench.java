package io.coffer.crypto;

import io.coffer.secret.Binding;
import io.coffer.secret.SecretValue;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to seal a value and to open it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EnvelopeBench {

  /** Bytes of the value. */
  @Param({"64", "512", "4096"})
  public int length;

  private final DataKey key = Samples.key(7);
  private final Binding binding = Samples.binding();
  private SecretValue value = SecretValue.takeOwnershipOf(new byte[0]);
  private byte[] sealed = {};

  @Setup
  public void prepare() {
    value = SecretValue.takeOwnershipOf(new byte[length]);
    sealed = Envelope.seal(key, binding, value);
  }

  @Benchmark
  public byte[] seal() {
    return Envelope.seal(key, binding, value);
  }

  @Benchmark
  public int open() {
    try (SecretValue opened = Envelope.open(key, binding, sealed)) {
      return opened.length();
    }
  }
}
