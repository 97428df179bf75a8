package io.coffer.credential;

import io.coffer.access.Caller;
import io.coffer.access.Denied;
import io.coffer.access.Right;
import io.coffer.access.Role;
import io.coffer.activity.ActivityQueries;
import io.coffer.activity.ActivityUsage;
import io.coffer.activity.ActivityView;
import io.coffer.credential.CredentialRepository.Stage;
import io.coffer.web.list.ListQuery;
import io.coffer.web.list.ListView;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was done to a credential, how it is used, and what depends on it. */
@ApplicationScoped
class CredentialHistory {

  private static final ListQuery ANY = ActivityQueries.parse(Map.of("page_size", List.of("1")));

  private final CredentialReading reading;
  private final CredentialRepository repository;
  private final ActivityQueries activity;
  private final ActivityUsage usage;
  private final Instance<Dependents> dependents;

  CredentialHistory(
      CredentialReading reading,
      CredentialRepository repository,
      ActivityQueries activity,
      ActivityUsage usage,
      @Any Instance<Dependents> dependents) {
    this.reading = reading;
    this.repository = repository;
    this.activity = activity;
    this.usage = usage;
    this.dependents = dependents;
  }

  /** Who did what to it: for its readers, and by its id for auditors. */
  Uni<ListView<ActivityView>> events(Caller caller, UUID id, ListQuery query) {
    return visible(caller, id)
        .flatMap(
            row ->
                activity.about(
                    id,
                    row == null ? Optional.of(caller.organization()) : Optional.empty(),
                    query));
  }

  /**
   * How it is used.
   *
   * @param days of how many days
   */
  Uni<CredentialUsageView> usage(Caller caller, UUID id, int days) {
    return visible(caller, id).flatMap(row -> usage(id, row, days));
  }

  /** When it was last used, on whichever replica; empty: never. */
  Uni<Optional<Instant>> lastUse(UUID id) {
    return usage.last(id).map(last -> last.map(ActivityUsage.LastUse::time));
  }

  /** What refers to it. */
  Uni<List<Dependent>> dependents(CredentialEntity row) {
    List<Uni<List<Dependent>>> all = new ArrayList<>();
    all.add(copies(row.id));
    dependents.forEach(port -> all.add(port.of(row.id)));
    return Uni.join()
        .all(all)
        .andFailFast()
        .map(
            lists -> {
              List<Dependent> found = new ArrayList<>();
              if (row.isDefault) {
                found.add(new Dependent("default", row.type));
              }
              lists.forEach(found::addAll);
              return found;
            });
  }

  Uni<CredentialUsageView> usage(UUID id, @Nullable CredentialEntity row, int days) {
    return Uni.combine()
        .all()
        .unis(
            usage.last(id),
            usage.byDay(id, days),
            row == null ? Uni.createFrom().item(List.<Dependent>of()) : dependents(row))
        .asTuple()
        .map(
            found ->
                new CredentialUsageView(
                    id,
                    found.getItem1().map(ActivityUsage.LastUse::time).orElse(null),
                    found.getItem1().map(ActivityUsage.LastUse::actor).orElse(null),
                    found.getItem2().stream().map(CredentialUsageView.Day::of).toList(),
                    found.getItem3(),
                    null));
  }

  private Uni<List<Dependent>> copies(UUID id) {
    return usage
        .copies(id)
        .flatMap(
            ids ->
                ids.isEmpty()
                    ? Uni.createFrom().item(List.<Dependent>of())
                    : repository
                        .live(ids.subList(0, Math.min(ids.size(), Dependents.MOST)))
                        .map(live -> live.stream().map(it -> new Dependent("copy", it)).toList()));
  }

  /** Null: the caller may know of it as an auditor alone, also after its end. */
  Uni<@Nullable CredentialEntity> visible(Caller caller, UUID id) {
    Uni<@Nullable CredentialEntity> row =
        reading.at(Stage.UNPURGED, caller, id, Right.READ).map(found -> found.found().row());
    return row.onFailure(Denied.NotVisible.class).recoverWithUni(() -> asAuditor(caller, id));
  }

  private Uni<@Nullable CredentialEntity> asAuditor(Caller caller, UUID id) {
    if (!caller.has(Role.AUDITOR) && !caller.has(Role.SYSTEM_ADMIN)) {
      return Uni.createFrom().failure(Denied.NotVisible::new);
    }
    return activity
        .about(id, Optional.of(caller.organization()), ANY)
        .map(
            events -> {
              if (events.items().isEmpty()) {
                throw new Denied.NotVisible();
              }
              return null;
            });
  }
}
