package io.coffer.it;

import io.coffer.it.Client.Answer;
import io.coffer.testing.Parallel;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Creates that clients repeat, each with its own idempotency key, until they are answered. */
final class Creations {

  /** More lost answers than that to one create are not a crash any more. */
  private static final int MAX_ATTEMPTS = 40;

  private final Client client;
  private final Supplier<URI> server;
  private final List<Wanted> wanted;
  private final Map<Wanted, Answer> answers = new ConcurrentHashMap<>();
  private final AtomicInteger lost = new AtomicInteger();
  private int answered;
  private boolean ended;

  /** One credential to be made. */
  record Wanted(String name, String secret, String key) {

    static Wanted number(int number) {
      return new Wanted(
          "credential " + number, "sk-" + UUID.randomUUID(), UUID.randomUUID().toString());
    }
  }

  /**
   * @param server where the application listens now; asked before each attempt
   */
  Creations(Client client, Supplier<URI> server, int count) {
    this.client = client;
    this.server = server;
    this.wanted = IntStream.range(0, count).mapToObj(Wanted::number).toList();
  }

  /** Makes them all, by so many clients at once; ends when each create has an answer. */
  void run(int clients) {
    try {
      var unused = Parallel.map(clients, wanted, this::make);
    } finally {
      end();
    }
  }

  List<Wanted> wanted() {
    return wanted;
  }

  /** The answer to each create. */
  Map<Wanted, Answer> answers() {
    return answers;
  }

  /** The id that was answered; fails if there was no answer. */
  String idOf(Wanted credential) {
    Answer answer = answers.get(credential);
    if (answer == null) {
      throw new AssertionError(credential.name() + " was never answered");
    }
    return answer.id();
  }

  /** How many attempts got no answer. */
  int lost() {
    return lost.get();
  }

  /** Waits until so many are answered, or none will be any more. */
  synchronized void awaitAnswered(int count) throws InterruptedException {
    while (answered < count && !ended) {
      wait();
    }
  }

  private Answer make(Wanted credential) {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      URI at = server.get();
      try {
        Answer answer = client.create(at, credential.name(), credential.secret(), credential.key());
        answers.put(credential, answer);
        countAnswer();
        return answer;
      } catch (IOException noAnswer) {
        int _ = lost.incrementAndGet();
      }
    }
    throw new AssertionError(credential.name() + " was never answered");
  }

  private synchronized void countAnswer() {
    answered++;
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
