package io.coffer.kms;

import io.coffer.crypto.DataKey;
import io.coffer.crypto.Envelope;
import io.coffer.crypto.PlainDigest;
import io.coffer.crypto.UnsealFailure;
import io.coffer.secret.Binding;
import io.coffer.secret.SecretValue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key management service in memory that really wraps, counts its calls, and can be cut off, or
 * held back until a test lets it answer.
 */
public final class MemoryKms implements Kms {

  public static final String PROVIDER = "memory";

  private final Map<KeyRef, DataKey> keys = new ConcurrentHashMap<>();
  private final Map<KmsOperation, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable Supplier<KmsFailure>> failure = new AtomicReference<>();
  private final ConcurrentLinkedQueue<UniEmitter<? super Boolean>> heldBack =
      new ConcurrentLinkedQueue<>();
  private final SecureRandom random = new SecureRandom();
  private volatile boolean holding;
  private volatile boolean swapping;

  /** Adds a key to wrap with. */
  public KeyRef key(String name) {
    return key(PROVIDER, name);
  }

  public KeyRef key(String provider, String name) {
    KeyRef ref = new KeyRef(provider, name);
    keys.put(ref, fresh(UUID.randomUUID()));
    return ref;
  }

  public void cutOff() {
    failWith(() -> new KmsFailure.Unavailable(KmsOperation.UNWRAP, "cut off by the test"));
  }

  public void failWith(@Nullable Supplier<KmsFailure> why) {
    failure.set(why);
  }

  public void comeBack() {
    failWith(null);
  }

  /** A re-wrap from now on wraps another key than it was given. */
  public void swapBytesOnRewrap() {
    swapping = true;
  }

  /** Answers nothing until {@link #letGo}. */
  public void holdBack() {
    holding = true;
  }

  private void holdBack(UniEmitter<? super Boolean> one) {
    heldBack.add(one);
    // Who let go meanwhile may not have seen it.
    if (!holding) {
      letGo();
    }
  }

  public void letGo() {
    holding = false;
    for (UniEmitter<? super Boolean> one = heldBack.poll(); one != null; one = heldBack.poll()) {
      one.complete(true);
    }
  }

  public int calls() {
    return calls.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  public int calls(KmsOperation operation) {
    AtomicInteger count = calls.get(operation);
    return count == null ? 0 : count.get();
  }

  @Override
  public Uni<GeneratedKey> generate(KeyRef key, KeyContext context) {
    return answer(
        KmsOperation.GENERATE,
        () -> {
          SecretValue plaintext = bytes();
          return new GeneratedKey(plaintext, wrapped(key, plaintext, context));
        });
  }

  @Override
  public Uni<WrappedKey> wrap(KeyRef key, SecretValue bytes, KeyContext context) {
    return answer(KmsOperation.WRAP, () -> wrapped(key, bytes, context));
  }

  @Override
  public Uni<SecretValue> unwrap(KeyRef key, byte[] blob, KeyContext context) {
    return answer(KmsOperation.UNWRAP, () -> opened(key, blob, context));
  }

  @Override
  public Uni<WrappedKey> rewrap(KeyRef from, byte[] blob, KeyRef to, KeyContext context) {
    return answer(
        KmsOperation.REWRAP,
        () -> {
          try (SecretValue bytes = opened(from, blob, context);
              SecretValue others = bytes()) {
            return wrapped(to, swapping ? others : bytes, context);
          }
        });
  }

  @Override
  public Uni<KeyDescription> describe(KeyRef key) {
    return answer(
        KmsOperation.DESCRIBE,
        () -> {
          DataKey _ = find(KmsOperation.DESCRIBE, key);
          return new KeyDescription(key, KeyDescription.State.ENABLED);
        });
  }

  private <T> Uni<T> answer(KmsOperation operation, Supplier<T> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              calls.computeIfAbsent(operation, _ -> new AtomicInteger()).incrementAndGet();
              Supplier<KmsFailure> why = failure.get();
              if (why != null) {
                return Uni.createFrom().failure(why.get());
              }
              Uni<Boolean> gate =
                  holding
                      ? Uni.createFrom().<Boolean>emitter(this::holdBack)
                      : Uni.createFrom().item(true);
              return gate.map(_ -> work.get());
            });
  }

  private WrappedKey wrapped(KeyRef key, SecretValue bytes, KeyContext context) {
    return new WrappedKey(
        key, Envelope.seal(find(KmsOperation.WRAP, key), binding(context), bytes));
  }

  private SecretValue opened(KeyRef key, byte[] blob, KeyContext context) {
    try {
      return Envelope.open(find(KmsOperation.UNWRAP, key), binding(context), blob);
    } catch (UnsealFailure e) {
      throw new KmsFailure.Corrupt(KmsOperation.UNWRAP, e.kind());
    }
  }

  private DataKey find(KmsOperation operation, KeyRef key) {
    DataKey found = keys.get(key);
    if (found == null) {
      throw new KmsFailure.UnknownKey(operation, "no such key");
    }
    return found;
  }

  private DataKey fresh(UUID id) {
    try (SecretValue bytes = bytes()) {
      return DataKey.of(id, bytes);
    }
  }

  private SecretValue bytes() {
    byte[] bytes = new byte[GeneratedKey.LENGTH];
    random.nextBytes(bytes);
    return SecretValue.takeOwnershipOf(bytes);
  }

  private static Binding binding(KeyContext context) {
    UUID none = new UUID(0, 0);
    Map<String, Object> all = new TreeMap<>(context.asMap());
    all.put("order", List.copyOf(context.asMap().keySet()));
    return new Binding(
        Binding.Kind.CREDENTIAL, none, context.dataKeyId(), 1, none, PlainDigest.of(all));
  }
}
