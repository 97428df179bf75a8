package io.coffer.type;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types by everything that they are called. Immutable. */
final class TypeIndex {

  /** The API whose aliases are further names of our own. */
  private static final String NATIVE = "native";

  private final List<CredentialType> all;
  private final Map<UUID, CredentialType> byId;
  private final Map<String, CredentialType> bySlug;
  private final Map<String, CredentialType> byAlias = new HashMap<>();
  private final Map<Long, CredentialType> byNumber;

  private TypeIndex(List<CredentialType> all) {
    this.all = all;
    this.byId = by(all, CredentialType::id);
    this.bySlug = by(all, CredentialType::slug);
    this.byNumber = by(all, CredentialType::number);
    Set<String> ambiguous = new HashSet<>();
    // Aliases are the packs' to give.
    List<CredentialType> packed = all.stream().filter(CredentialType::managed).toList();
    for (CredentialType type : packed) {
      foreignNames(type.definition())
          .distinct()
          .forEach(
              alias -> {
                CredentialType other = byAlias.putIfAbsent(alias, type);
                if (other != null && !other.equals(type)) {
                  ambiguous.add(alias);
                }
              });
    }
    ambiguous.forEach(byAlias::remove);
    for (CredentialType type : packed) {
      type.definition()
          .aliases()
          .getOrDefault(NATIVE, List.of())
          .forEach(alias -> byAlias.put(alias, type));
    }
  }

  static TypeIndex of(List<CredentialType> types) {
    return new TypeIndex(List.copyOf(types));
  }

  List<CredentialType> all() {
    return all;
  }

  Optional<CredentialType> findById(UUID id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<CredentialType> findByNumber(long number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  Optional<CredentialType> find(String name) {
    return Optional.ofNullable(bySlug.get(name))
        .or(() -> Optional.ofNullable(byAlias.get(name)))
        .or(() -> uuid(name).flatMap(this::findById));
  }

  Optional<CredentialType> findIn(String api, String name) {
    return all.stream()
        .filter(CredentialType::managed)
        .filter(type -> type.definition().namesIn(api).contains(name))
        // A type that the API has this name for wins over one whose slug happens to be it.
        .max((a, b) -> Boolean.compare(hasNamesIn(a, api), hasNamesIn(b, api)));
  }

  private static Stream<String> foreignNames(TypeDefinition definition) {
    return Stream.concat(
        definition.aliases().values().stream().flatMap(Collection::stream),
        Stream.ofNullable(definition.awx()).map(AwxType::namespace));
  }

  private static boolean hasNamesIn(CredentialType type, String api) {
    return type.definition().aliases().containsKey(api);
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static <K> Map<K, CredentialType> by(
      List<CredentialType> all, Function<CredentialType, K> key) {
    return all.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
  }
}
