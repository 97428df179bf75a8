package io.coffer.kms;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which key-encryption key wraps new data keys: an organization's own, else the default. */
final class Keks {

  private final Supplier<KeyRef> standard;
  private final Map<UUID, KeyRef> configured;
  private final Function<UUID, Uni<Optional<KeyRef>>> ofRow;

  /**
   * @param standard wraps what no key of an organization's own does
   * @param configured by organization; goes before rows
   * @param ofRow the key that an organization's row names
   */
  Keks(
      Supplier<KeyRef> standard,
      Map<UUID, KeyRef> configured,
      Function<UUID, Uni<Optional<KeyRef>>> ofRow) {
    this.standard = standard;
    this.configured = Map.copyOf(configured);
    this.ofRow = ofRow;
  }

  /** Reads {@code provider:key id}, where the key id may hold colons of its own. */
  static KeyRef parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a key is named as provider:key-id");
    }
    return new KeyRef(text.substring(0, colon), text.substring(colon + 1));
  }

  static Map<UUID, KeyRef> parse(Map<UUID, String> texts) {
    return texts.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> parse(entry.getValue())));
  }

  KeyRef standard() {
    return standard.get();
  }

  Uni<KeyRef> of(UUID organization) {
    KeyRef own = configured.get(organization);
    return own != null
        ? Uni.createFrom().item(own)
        : ofRow.apply(organization).map(found -> found.orElseGet(standard));
  }
}
