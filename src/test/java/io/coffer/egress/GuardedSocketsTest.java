package io.coffer.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.egress.EgressFailure.Blocked;
import io.coffer.egress.EgressFailure.Busy;
import io.coffer.egress.EgressFailure.Timeout;
import io.coffer.egress.EgressFailure.TooLarge;
import io.coffer.egress.EgressFailure.Unreachable;
import io.coffer.egress.EgressFailure.Unreachable.Kind;
import io.coffer.egress.GuardedSockets.Conversation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedSocketsTest {

  private static final String OPENED = "loopback:1-65535";
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Conversation<String> READ_ALL =
      session -> {
        try (Socket socket = session.connect()) {
          return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
      };

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final GuardedSockets sockets = sockets(TestPolicies.guard(OPENED), 64, 4);

  private record SocketSettings(
      int atOnce, int perTarget, int waiting, Duration turn, Duration connectTimeout)
      implements EgressConfig.Sockets {}

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
  }

  @Test
  void speaksWithTheTarget() {
    TestPeer peer = peer((_, c) -> c.getOutputStream().write("hello".getBytes(UTF_8)));

    assertThat(hold(peer, LONG, READ_ALL)).isEqualTo("hello");
    assertThat(sockets.openSockets()).isZero();
    assertThat(sockets.conversations()).isZero();
  }

  @Test
  void opensNoSocketWithoutAConversation() {
    assertThatThrownBy(() -> new GuardedSocketFactory().createSocket().close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no_session");
  }

  @Test
  void takesThePinnedAddressWhateverTheDriverResolved() {
    TestPeer peer = peer((_, c) -> c.getOutputStream().write("pinned".getBytes(UTF_8)));
    GuardedSockets named =
        sockets(
            TestPolicies.guard(TestPolicies.allowing(OPENED), TestPolicies.answering("127.0.0.1")),
            64,
            4);

    String read =
        named
            .hold(
                TestPolicies.to("db.example", peer.port()),
                LONG,
                1000,
                _ -> {
                  // As if the name had been looked up a second time, with another answer.
                  var rebound =
                      new InetSocketAddress(
                          java.net.InetAddress.getByAddress(
                              "db.example",
                              new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254}),
                          peer.port());
                  try (Socket socket = new GuardedSocketFactory().createSocket()) {
                    socket.connect(rebound);
                    return new String(socket.getInputStream().readAllBytes(), UTF_8);
                  }
                })
            .await()
            .atMost(LONG);

    assertThat(read).isEqualTo("pinned");
  }

  @Test
  void judgesEveryFurtherPlaceThatItIsSentTo() {
    TestPeer peer = peer((_, _) -> {});
    TestPeer inside = peer((_, c) -> c.getOutputStream().write("inside".getBytes(UTF_8)));
    GuardedSockets narrow = sockets(TestPolicies.guard("127.0.0.1:" + peer.port()), 64, 4);

    assertThatThrownBy(
            () ->
                hold(
                    narrow,
                    peer,
                    LONG,
                    1000,
                    session -> {
                      try (Socket first = session.connect();
                          Socket second =
                              new GuardedSocketFactory().createSocket("127.0.0.1", inside.port())) {
                        return first.getPort() + second.getPort();
                      }
                    }))
        .isInstanceOfSatisfying(Blocked.class, b -> assertThat(b.rule()).isEqualTo("loopback"))
        .hasMessageNotContaining("127.0.0.1");
  }

  @Test
  void blocksBeforeAnythingIsConnectedTo() {
    TestPeer peer = peer((_, c) -> c.getOutputStream().write("x".getBytes(UTF_8)));
    GuardedSockets closed = sockets(TestPolicies.guard(), 64, 4);

    assertThatThrownBy(() -> hold(closed, peer, LONG, 1000, READ_ALL))
        .isInstanceOfSatisfying(Blocked.class, b -> assertThat(b.rule()).isEqualTo("loopback"));
  }

  @Test
  void endsASilenceAtTheDeadlineAndLeavesNothing() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    TestPeer tarpit =
        peer(
            (_, c) -> {
              if (c.getInputStream().read() < 0) {
                gone.countDown();
              }
            });
    Instant begun = Instant.now();

    assertThatThrownBy(() -> hold(tarpit, Duration.ofMillis(300), READ_ALL))
        .isInstanceOf(Timeout.class);
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(2));
    assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    assertNothingLeft(sockets);
  }

  @Test
  void endsASlowDripThatNoReadTimeoutEnds() {
    TestPeer drip =
        peer(
            (_, c) -> {
              while (true) {
                c.getOutputStream().write('x');
                TimeUnit.MILLISECONDS.sleep(20);
              }
            });

    assertThatThrownBy(() -> hold(drip, Duration.ofMillis(400), READ_ALL))
        .isInstanceOf(Timeout.class);
    assertNothingLeft(sockets);
  }

  @Test
  void closesSocketsThoughTheConversationIgnoresItsInterruption() {
    TestPeer tarpit = peer((_, c) -> c.getInputStream().readAllBytes());
    CompletableFuture<Boolean> closed = new CompletableFuture<>();

    assertThatThrownBy(
            () ->
                hold(
                    tarpit,
                    Duration.ofMillis(200),
                    session -> {
                      Socket socket = session.connect();
                      while (!socket.isClosed()) {
                        boolean ignored = Thread.interrupted();
                        Thread.onSpinWait();
                      }
                      closed.complete(true);
                      return "";
                    }))
        .isInstanceOf(Timeout.class);
    assertThat(closed.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
  }

  @Test
  void readsNoMoreThanItMay() {
    TestPeer endless =
        peer(
            (_, c) -> {
              byte[] chunk = new byte[1024];
              while (true) {
                c.getOutputStream().write(chunk);
              }
            });

    assertThatThrownBy(() -> hold(sockets, endless, LONG, 100_000, READ_ALL))
        .isInstanceOf(TooLarge.class);
  }

  @Test
  void saysThatAConnectionIsRefused() {
    TestPeer peer = peer((_, _) -> {});
    int port = peer.port();
    peer.close();

    assertThatThrownBy(
            () ->
                sockets
                    .hold(TestPolicies.to("127.0.0.1", port), LONG, 1000, READ_ALL)
                    .await()
                    .atMost(LONG))
        .isInstanceOfSatisfying(
            Unreachable.class, u -> assertThat(u.kind()).isEqualTo(Kind.REFUSED));
  }

  @Test
  void triesTheNextAddressWhereTheFirstIsNotConnectedTo() {
    TestPeer peer = peer((_, c) -> c.getOutputStream().write("second".getBytes(UTF_8)));
    GuardedSockets named =
        sockets(
            TestPolicies.guard(
                TestPolicies.allowing(OPENED), TestPolicies.answering("127.0.0.2", "127.0.0.1")),
            64,
            4);

    assertThat(
            named
                .hold(TestPolicies.to("db.example", peer.port()), LONG, 1000, READ_ALL)
                .await()
                .atMost(LONG))
        .isEqualTo("second");
  }

  @Test
  void letsOnlySoManySpeakWithOneTargetAndLeavesRoomForOthers() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    TestPeer busy = peer((_, _) -> end.await());
    TestPeer other = peer((_, c) -> c.getOutputStream().write("other".getBytes(UTF_8)));
    GuardedSockets two = sockets(TestPolicies.guard(OPENED), 3, 2);

    List<CompletableFuture<String>> holding = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      holding.add(
          two.hold(TestPolicies.to("127.0.0.1", busy.port()), LONG, 1000, READ_ALL)
              .subscribeAsCompletionStage());
    }
    await(() -> busy.openConnections() == 2);

    assertThatThrownBy(() -> hold(two, busy, LONG, 1000, READ_ALL)).isInstanceOf(Busy.class);
    assertThat(hold(two, other, LONG, 1000, READ_ALL)).isEqualTo("other");
    end.countDown();
    for (CompletableFuture<String> one : holding) {
      assertThat(one.get(5, TimeUnit.SECONDS)).isEmpty();
    }
    assertNothingLeft(two);
  }

  @Test
  void aCancelledConversationEnds() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    TestPeer tarpit =
        peer(
            (_, c) -> {
              if (c.getInputStream().read() < 0) {
                gone.countDown();
              }
            });
    var running =
        sockets
            .hold(TestPolicies.to("127.0.0.1", tarpit.port()), LONG, 1000, READ_ALL)
            .subscribe()
            .with(_ -> {}, _ -> {});
    await(() -> tarpit.openConnections() == 1);

    running.cancel();

    assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
    assertNothingLeft(sockets);
  }

  @Test
  void twoHundredHangingTargetsKeepTheirDeadlineAndLeaveNothing() {
    TestPeer tarpit = peer((_, c) -> c.getInputStream().readAllBytes());
    GuardedSockets many = sockets(TestPolicies.guard(OPENED), 200, 200);
    int platformThreads = platformThreads();
    Instant begun = Instant.now();
    List<Uni<String>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(
          many.hold(
                  TestPolicies.to("127.0.0.1", tarpit.port()),
                  Duration.ofSeconds(1),
                  1000,
                  READ_ALL)
              .onFailure(Timeout.class)
              .recoverWithItem("timeout"));
    }

    List<String> results = Uni.join().all(all).andFailFast().await().atMost(Duration.ofSeconds(20));

    assertThat(results).hasSize(200).containsOnly("timeout");
    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
    assertNothingLeft(many);
    await(() -> tarpit.openConnections() == 0);
    assertThat(platformThreads()).isLessThan(platformThreads + 20);
  }

  private static int platformThreads() {
    return java.lang.management.ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private TestPeer peer(TestPeer.Behaviour behaviour) {
    TestPeer peer = TestPeer.plain(behaviour);
    opened.add(peer);
    return peer;
  }

  private GuardedSockets sockets(EgressGuard guard, int atOnce, int perTarget) {
    GuardedSockets made =
        new GuardedSockets(
            guard,
            new SocketSettings(
                atOnce, perTarget, 1000, Duration.ofMillis(500), Duration.ofSeconds(3)),
            new SimpleMeterRegistry());
    opened.add(made);
    return made;
  }

  private String hold(TestPeer peer, Duration deadline, Conversation<String> conversation) {
    return hold(sockets, peer, deadline, 1_000_000, conversation);
  }

  private static <T> T hold(
      GuardedSockets over,
      TestPeer peer,
      Duration deadline,
      long bytes,
      Conversation<T> conversation) {
    return over.hold(TestPolicies.to("127.0.0.1", peer.port()), deadline, bytes, conversation)
        .await()
        .atMost(Duration.ofSeconds(20));
  }

  private static void assertNothingLeft(GuardedSockets over) {
    await(() -> over.conversations() == 0);
    assertThat(over.openSockets()).isZero();
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
