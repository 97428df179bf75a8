package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Right;
import io.coffer.credential.CredentialFailure.NameTaken;
import io.coffer.credential.CredentialRepository.Found;
import io.coffer.credential.CredentialRepository.Stage;
import io.coffer.type.CredentialType;
import io.coffer.web.list.ListQuery;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds credentials for a caller. */
@ApplicationScoped
class CredentialReading {

  private final CredentialRepository repository;
  private final TypedContent contents;

  CredentialReading(CredentialRepository repository, TypedContent contents) {
    this.repository = repository;
    this.contents = contents;
  }

  /**
   * The live credential.
   *
   * @throws Denied (in the Uni) if the caller may not see it, or lacks one of the rights
   */
  Uni<Typed> live(Caller caller, UUID id, Right... rights) {
    return at(Stage.LIVE, caller, id, rights);
  }

  /** As {@link #live}, at a stage of its life. */
  Uni<Typed> at(Stage stage, Caller caller, UUID id, Right... rights) {
    return repository.find(caller, id, stage).flatMap(found -> permitted(found, rights));
  }

  /** The credential that an earlier request made, even if it was deleted since. */
  Uni<Typed> any(Caller caller, UUID id) {
    return at(Stage.UNPURGED, caller, id, Right.READ);
  }

  /** Does the work; of a clash with a credential that the caller may not see it tells no id. */
  <T> Uni<T> withoutUnseen(Caller caller, Uni<T> work) {
    return work.onFailure(NameTaken.class)
        .recoverWithUni(failure -> seen(caller, (NameTaken) failure).flatMap(this::failed));
  }

  private Uni<NameTaken> seen(Caller caller, NameTaken taken) {
    UUID other = taken.other();
    return other == null
        ? Uni.createFrom().item(taken)
        : repository
            .find(caller, other, Stage.LIVE)
            .map(found -> found.isPresent() ? taken : new NameTaken(null));
  }

  private <T> Uni<T> failed(NameTaken taken) {
    return Uni.createFrom().failure(taken);
  }

  /** The default that would be used for a type. */
  Uni<Typed> defaultOf(Caller caller, String type) {
    return contents
        .type(caller, type)
        .flatMap(known -> repository.findDefault(caller, known.id()))
        .flatMap(found -> permitted(found, Right.READ));
  }

  /**
   * A page of a list.
   *
   * @param items the credentials
   * @param next the cursor of the next page; null on the last
   * @param total how many there are in all; null if nobody asked
   */
  record Page(List<Typed> items, @Nullable String next, @Nullable Long total) {}

  Uni<Page> list(Caller caller, boolean deleted, ListQuery query, List<String> labels) {
    Stage stage = deleted ? Stage.DELETED : Stage.LIVE;
    Uni<@Nullable Long> total =
        query.wantsTotal()
            ? repository.count(caller, stage, query, labels).map(count -> count)
            : Uni.createFrom().nullItem();
    return repository
        .list(caller, stage, query, labels)
        .flatMap(
            rows -> {
              ListQuery.Page<Found> page =
                  query.page(rows, found -> found.row().id, CredentialFields::valueOf);
              return typed(page.rows())
                  .flatMap(items -> total.map(count -> new Page(items, page.next(), count)));
            });
  }

  /** Asks once for each type that there is, not for each row. */
  private Uni<List<Typed>> typed(List<Found> rows) {
    Map<UUID, Found> oneOfEach = new LinkedHashMap<>();
    rows.forEach(found -> oneOfEach.putIfAbsent(found.row().type, found));
    return Multi.createFrom()
        .iterable(oneOfEach.values())
        .onItem()
        .transformToUniAndConcatenate(found -> contents.typeOf(found.row()))
        .collect()
        .asMap(CredentialType::id)
        .map(
            types ->
                rows.stream()
                    .map(
                        found ->
                            new Typed(found, Objects.requireNonNull(types.get(found.row().type))))
                    .toList());
  }

  private Uni<Typed> permitted(Optional<Found> found, Right... rights) {
    Found known = found.orElseThrow(Denied.NotVisible::new);
    known.rights().require(rights);
    return contents.typeOf(known.row()).map(type -> new Typed(known, type));
  }
}
