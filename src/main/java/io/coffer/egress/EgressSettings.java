package io.coffer.egress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads the policy out of the configuration. */
final class EgressSettings {

  private EgressSettings() {}

  /**
   * The policy.
   *
   * @throws IllegalArgumentException naming the setting that cannot be read
   */
  static EgressPolicy policy(EgressConfig config, OwnPlaces own) {
    Map<UUID, List<Rule>> organizations = new HashMap<>();
    config
        .organizations()
        .forEach(
            (id, opened) -> {
              String setting = "coffer.egress.organizations.\"" + id + '"';
              organizations.put(
                  read(setting, id, UUID::fromString),
                  rules(setting + ".allow", Optional.of(opened.allow())));
            });
    return new EgressPolicy(
        config.mode(),
        rules("coffer.egress.allow", config.allow()),
        rules("coffer.egress.deny", config.deny()),
        Map.copyOf(organizations),
        config.allowMetadata(),
        config
            .nat64Prefix()
            .map(text -> read("coffer.egress.nat64-prefix", text, t -> new Nat64(Cidr.of(t))))
            .orElse(null),
        own);
  }

  private static List<Rule> rules(String setting, Optional<List<String>> entries) {
    return entries.orElse(List.of()).stream()
        .map(entry -> read(setting, entry.trim(), Rule::of))
        .toList();
  }

  private static <T> T read(String setting, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(setting + ": cannot read " + text, e);
    }
  }
}
