package io.coffer.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.type.CredentialType;
import io.coffer.type.CredentialTypes;
import io.coffer.type.ProbeDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which probe looks at which credential. */
@ApplicationScoped
class ProbeKinds {

  private final CredentialTypes types;
  private final Map<String, Probe> byKind;

  ProbeKinds(CredentialTypes types, @Any Instance<Probe> probes) {
    this.types = types;
    this.byKind = probes.stream().collect(Collectors.toMap(Probe::kind, Function.identity()));
  }

  /**
   * A probe and what the type tells it.
   *
   * @param setting a text or an object
   */
  record Chosen(Probe probe, JsonNode setting) {}

  /** The probe of such a credential; empty if its type has none. */
  Optional<Chosen> of(CredentialType type, Map<String, Object> plain) {
    ProbeDefinition definition = type.definition().probe();
    if (definition == null) {
      return Optional.empty();
    }
    Probe probe = byKind.get(definition.kind());
    return probe == null ? Optional.empty() : Optional.of(new Chosen(probe, definition.setting()));
  }

  /** The types whose credentials are worth looking at now and then. */
  List<UUID> probed() {
    return types.managed().stream()
        .filter(
            type ->
                type.definition().probe() != null
                    && byKind.containsKey(type.definition().probe().kind()))
        .map(CredentialType::id)
        .toList();
  }
}
