package io.coffer.credential.use;

import io.coffer.access.Caller;
import io.coffer.credential.CredentialFailure;
import io.coffer.type.CredentialType;
import io.coffer.type.CredentialTypes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Finds the credentials that selections may mean: those of which the caller may know. */
@ApplicationScoped
class UseCandidates {

  /** How many of one request's selections are looked for at once: a part of the database pool. */
  private static final int CONCURRENCY = 5;

  private final UseRepository repository;
  private final CredentialTypes types;

  UseCandidates(UseRepository repository, CredentialTypes types) {
    this.repository = repository;
    this.types = types;
  }

  /**
   * The ways to the candidates of one request.
   *
   * @param atOnce how many of them may be gone at a time
   */
  record Search(Finder finder, int atOnce) {}

  /** Finds the candidates of one selection. */
  @FunctionalInterface
  interface Finder {
    Uni<List<UsableCredential>> find(Selection selection);
  }

  /** Looks for each selection by itself. */
  Finder each(Caller caller) {
    return selection -> find(caller, selection);
  }

  /** Looks for all that is selected by id at once, in one statement; for the rest one by one. */
  Uni<Search> together(Caller caller, List<Selection> selections) {
    Set<UUID> ids =
        selections.stream()
            .filter(Selection.ById.class::isInstance)
            .map(it -> ((Selection.ById) it).id())
            .collect(Collectors.toSet());
    boolean all = selections.stream().allMatch(Selection.ById.class::isInstance);
    return ids.isEmpty()
        ? Uni.createFrom().item(new Search(each(caller), CONCURRENCY))
        : repository
            .byIds(caller, ids)
            .map(found -> search(caller, found, all ? selections.size() : CONCURRENCY));
  }

  private Search search(Caller caller, List<UsableCredential> found, int atOnce) {
    Map<UUID, List<UsableCredential>> byId =
        found.stream().collect(Collectors.groupingBy(UsableCredential::id));
    return new Search(
        selection ->
            selection instanceof Selection.ById it
                ? Uni.createFrom().item(byId.getOrDefault(it.id(), List.of()))
                : find(caller, selection),
        atOnce);
  }

  private Uni<List<UsableCredential>> find(Caller caller, Selection selection) {
    return switch (selection) {
      case Selection.ById byId -> repository.byId(caller, byId.id());
      case Selection.ByName byName ->
          type(byName.type())
              .flatMap(
                  type ->
                      repository.byName(caller, type.id(), byName.name(), byName.organization()));
      case Selection.DefaultOf byDefault ->
          type(byDefault.type()).flatMap(type -> repository.defaultOf(caller, type.id()));
    };
  }

  private Uni<CredentialType> type(String name) {
    return types
        .find(name)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new CredentialFailure.InvalidRequest(
                            "type", "known", CredentialFailure.UNKNOWN_TYPE)));
  }
}
