package io.coffer.access.grant;

import io.coffer.access.AccessEvent;
import io.coffer.access.Rights;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thing on which rights are granted, as a caller sees it.
 *
 * @param target what it is
 * @param organization its tenant
 * @param owner who owns it as its personal one; null: the organization does
 * @param maker who made it
 * @param rights what the caller may do with it, never none
 */
public record SharedThing(
    AccessEvent.Target target, UUID organization, @Nullable UUID owner, UUID maker, Rights rights) {

  /** The id of no principal. */
  static final UUID NOBODY = new UUID(0, 0);

  /** As rows of grants name its kind. */
  String kind() {
    return target.kind();
  }

  UUID id() {
    return target.id();
  }
}
