package io.coffer.egress;

import io.coffer.egress.EgressConfig.Mode;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides where calls may go; looks nothing up. In this order: what is never called, what the
 * operator closed, what the operator opened, and what is so by default.
 *
 * @param mode what is so by default
 * @param allow what the operator opened for all
 * @param deny what the operator closed; stands above every opening
 * @param organizations what the operator opened for one organization
 * @param allowMetadata whether openings count for addresses that hand out identities
 * @param nat64 how IPv4 addresses are embedded here; null if they are not
 * @param own what belongs to this service
 */
record EgressPolicy(
    Mode mode,
    List<Rule> allow,
    List<Rule> deny,
    Map<UUID, List<Rule>> organizations,
    boolean allowMetadata,
    @Nullable Nat64 nat64,
    OwnPlaces own) {

  private static final Set<String> METADATA_NAMES =
      Set.of("metadata", "metadata.google.internal", "instance-data");
  private static final List<String> LOCAL_SUFFIXES =
      List.of(".localhost", ".local", ".internal", ".svc", ".cluster.local");

  /** Judges the host as it is written, before anything is looked up. */
  Decision name(Destination destination) {
    Optional<HostText> host = HostText.of(destination.host());
    if (host.isEmpty()) {
      return new Decision.Denied("host");
    }
    String name = host.get().name();
    if (METADATA_NAMES.contains(name) && !allowMetadata) {
      return new Decision.Denied("metadata_name");
    }
    if (own.isOwnName(name, destination.port())) {
      return new Decision.Denied("own_place");
    }
    if (deny.stream().anyMatch(r -> r.coversName(name) && r.closes(destination.port()))) {
      return new Decision.Denied("operator_deny");
    }
    boolean listed = openings(destination).anyMatch(r -> r.coversName(name));
    boolean local = name.indexOf('.') < 0 || LOCAL_SUFFIXES.stream().anyMatch(name::endsWith);
    return listed || !local || host.get().address() != null
        ? new Decision.Allowed(listed)
        : new Decision.Denied("local_name");
  }

  /** Judges one address of a destination. */
  Decision address(InetAddress address, Destination destination) {
    byte[] bytes = judged(address);
    int port = destination.port();
    Optional<String> never = never(bytes, port);
    if (never.isPresent()) {
      return new Decision.Denied(never.get());
    }
    if (deny.stream().anyMatch(r -> r.covers(bytes) && r.closes(port))) {
      return new Decision.Denied("operator_deny");
    }
    if (openings(destination).anyMatch(r -> r.covers(bytes)) || isTrusted(destination)) {
      return new Decision.Allowed(true);
    }
    return byDefault(bytes, destination);
  }

  private Optional<String> never(byte[] address, int port) {
    return switch (own.kind(address, port)) {
      case PRIVATE -> Optional.of("own_place");
      case SHARED ->
          Ranges.special(address).isPresent() ? Optional.of("own_place") : Optional.empty();
      case FOREIGN ->
          Ranges.never(address)
              .or(() -> allowMetadata ? Optional.empty() : Ranges.metadata(address));
    };
  }

  private Decision byDefault(byte[] address, Destination destination) {
    if (mode == Mode.ALLOW_LIST) {
      return new Decision.Denied("not_listed");
    }
    Optional<String> special = Ranges.special(address);
    if (special.isPresent()) {
      return new Decision.Denied(special.get());
    }
    return Ports.usual(destination.port(), destination.wellKnownPorts())
        ? new Decision.Allowed(false)
        : new Decision.Denied("port");
  }

  /** What the operator opened for this port. */
  private Stream<Rule> openings(Destination destination) {
    return Stream.concat(
            allow.stream(),
            organizations.getOrDefault(destination.organization(), List.of()).stream())
        .filter(rule -> rule.opens(destination.port(), destination.wellKnownPorts()));
  }

  private boolean isTrusted(Destination destination) {
    String name = HostText.of(destination.host()).map(HostText::name).orElse("");
    return openings(destination).anyMatch(rule -> rule.trusted() && rule.coversName(name));
  }

  private byte[] judged(InetAddress address) {
    byte[] bytes = Addresses.bytes(address);
    return nat64 == null ? bytes : nat64.unwrap(bytes);
  }

  /** In one line, for the log. */
  String describe() {
    return "mode="
        + mode.name().toLowerCase(Locale.ROOT).replace('_', '-')
        + " allow="
        + allow
        + " deny="
        + deny
        + " organizations="
        + organizations
        + " allow-metadata="
        + allowMetadata
        + " nat64-prefix="
        + (nat64 == null ? "none" : nat64.prefix());
  }
}
