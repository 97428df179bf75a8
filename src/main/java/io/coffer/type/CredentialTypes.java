package io.coffer.type;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The credential types that there are. Managed ones are held in memory from the start on, so that
 * finding one costs no query.
 */
@ApplicationScoped
public class CredentialTypes {

  private static final Logger LOG = Logger.getLogger(CredentialTypes.class);
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final TypeRows rows;
  private volatile TypeIndex index = TypeIndex.of(List.of());

  CredentialTypes(TypeRows rows) {
    this.rows = rows;
  }

  // Before anything that may look a type up at start.
  void synchronize(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent start) {
    List<TypeDefinition> packs = TypePacks.load();
    index = TypeIndex.of(rows.synchronize(packs).await().atMost(START_LIMIT));
    LOG.infof("%d credential types", index.all().size());
  }

  /**
   * The type of that slug or id, or that another API calls so.
   *
   * @return empty if there is none, or several APIs mean different types by the name
   */
  public Uni<Optional<CredentialType>> find(String slugOrAliasOrId) {
    return Uni.createFrom().item(() -> index.find(slugOrAliasOrId));
  }

  /** The type that the API of that name calls so; its slug counts where that has no name for it. */
  public Uni<Optional<CredentialType>> findIn(String api, String name) {
    return Uni.createFrom().item(() -> index.findIn(api, name));
  }

  /** The type of that number, for clients that know only integers. */
  public Uni<Optional<CredentialType>> findByNumber(long number) {
    return Uni.createFrom().item(() -> index.findByNumber(number));
  }

  /**
   * The type of that id.
   *
   * @return fails with {@link IllegalStateException} if there is none: ids stand in rows that refer
   *     to the table of types
   */
  public Uni<CredentialType> byId(UUID id) {
    return Uni.createFrom()
        .item(
            () ->
                index
                    .findById(id)
                    .orElseThrow(() -> new IllegalStateException("no credential type " + id)));
  }

  /** All managed types, sorted by slug. */
  public List<CredentialType> managed() {
    return index.all();
  }
}
