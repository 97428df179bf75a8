package io.coffer.kms.aws.server;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What was asked of the server. */
public final class Calls {

  /**
   * One request that reached an operation.
   *
   * @param keyId as it was sent; empty if it was not
   * @param context as it was sent
   * @param attempt what the client says of its attempts, for example {@code attempt=1; max=1}
   */
  public record Call(String operation, String keyId, Map<String, String> context, String attempt) {}

  private final CopyOnWriteArrayList<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

  public List<Call> all() {
    return List.copyOf(calls);
  }

  public List<Call> of(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).toList();
  }

  public int count() {
    return calls.size();
  }

  public int inFlight() {
    return inFlight.get();
  }

  public int mostInFlight() {
    return mostInFlight.get();
  }

  public void clear() {
    calls.clear();
    mostInFlight.set(inFlight.get());
  }

  void record(Call call) {
    calls.add(call);
  }

  void began() {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
  }

  void ended() {
    int _ = inFlight.decrementAndGet();
  }
}
