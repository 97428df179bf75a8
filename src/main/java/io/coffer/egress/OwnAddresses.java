package io.coffer.egress;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The addresses of our own database, key management service and identity providers, and those at
 * which we listen. Names are looked up again every minute, since databases move.
 */
@Singleton
class OwnAddresses implements OwnPlaces {

  private static final Logger LOG = Logger.getLogger(OwnAddresses.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Lookups lookups;
  private final List<OwnPlace> places;
  private final HttpServer server;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("own-addresses").factory());
  private volatile Set<Known> known = Set.of();
  private volatile Set<String> ownAddresses = Set.of();

  /** An address and port, and whom it serves. */
  private record Known(String address, int port, Kind kind) {}

  @Inject
  OwnAddresses(Lookups lookups, Config config, HttpServer server) {
    this.lookups = lookups;
    this.places = OwnPlace.of(config);
    this.server = server;
  }

  void start(@Observes StartupEvent event) {
    refresh();
    var unused =
        timer.scheduleWithFixedDelay(
            this::refresh, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Looks all up; what does not resolve now keeps the addresses that it had. */
  void refresh() {
    Set<Known> found = new HashSet<>();
    for (OwnPlace place : places) {
      try {
        lookups
            .findNow(place.host())
            .forEach(
                a -> found.add(new Known(text(Addresses.bytes(a)), place.port(), place.kind())));
      } catch (EgressFailure failure) {
        LOG.debugf("an own address is not known now: %s", failure.getMessage());
        found.addAll(known);
      }
    }
    ownAddresses = interfaces();
    known = Set.copyOf(found);
  }

  private static String text(byte[] bytes) {
    return Addresses.text(bytes);
  }

  private static Set<String> interfaces() {
    Set<String> addresses = new HashSet<>();
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(address -> addresses.add(text(Addresses.bytes(address))));
    } catch (SocketException e) {
      LOG.warn("the addresses of this machine cannot be read");
    }
    return Set.copyOf(addresses);
  }

  @Override
  public boolean isOwnName(String host, int port) {
    return places.stream()
        .anyMatch(p -> p.kind() == Kind.PRIVATE && p.port() == port && p.host().equals(host));
  }

  @Override
  public Kind kind(byte[] address, int port) {
    String text = text(address);
    boolean loopback = address.length == 4 ? address[0] == 127 : text.equals("0:0:0:0:0:0:0:1");
    if (listensAt(port) && (loopback || ownAddresses.contains(text))) {
      return Kind.PRIVATE;
    }
    if (known.contains(new Known(text, port, Kind.PRIVATE))) {
      return Kind.PRIVATE;
    }
    return known.contains(new Known(text, port, Kind.SHARED)) ? Kind.SHARED : Kind.FOREIGN;
  }

  private boolean listensAt(int port) {
    return port == server.getPort()
        || port == server.getSecurePort()
        || port == server.getManagementPort();
  }

  @PreDestroy
  void stop() {
    var unused = timer.shutdownNow();
  }
}
