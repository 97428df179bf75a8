package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.credential.CredentialRepository.Stage;
import io.coffer.web.list.ListQuery;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the repository of credentials gives a caller, as bits of rights. */
public final class SharedReads {

  private final CredentialRepository repository;

  public SharedReads(Pool pool) {
    this.repository = new CredentialRepository(pool);
  }

  /** Reads the whole list in pages of two; fails if one row comes twice. */
  public Map<UUID, Integer> list(Caller caller) {
    Map<UUID, Integer> all = new HashMap<>();
    Optional<String> cursor = Optional.empty();
    do {
      Map<String, List<String>> parameters = new HashMap<>();
      parameters.put("page_size", List.of("2"));
      cursor.ifPresent(text -> parameters.put("cursor", List.of(text)));
      ListQuery query = CredentialFields.GRAMMAR.parse(parameters);
      var rows = repository.list(caller, Stage.LIVE, query, List.of()).await().indefinitely();
      var page = query.page(rows, found -> found.row().id, CredentialFields::valueOf);
      for (var found : page.rows()) {
        if (all.put(found.row().id, found.rights().bits()) != null) {
          throw new AssertionError("listed twice");
        }
      }
      cursor = Optional.ofNullable(page.next());
    } while (cursor.isPresent());
    return all;
  }

  public long count(Caller caller) {
    ListQuery query = CredentialFields.GRAMMAR.parse(Map.of());
    return repository.count(caller, Stage.LIVE, query, List.of()).await().indefinitely();
  }

  /** 0: nothing is found. */
  public int read(Caller caller, UUID id) {
    return repository
        .find(caller, id, Stage.LIVE)
        .await()
        .indefinitely()
        .map(found -> found.rights().bits())
        .orElse(0);
  }
}
