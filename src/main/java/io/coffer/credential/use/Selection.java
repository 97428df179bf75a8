package io.coffer.credential.use;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which credential a caller wants to use. */
sealed interface Selection {

  /** The one with this id. */
  record ById(UUID id) implements Selection {}

  /**
   * The one of this type with this name: the caller's own first, then the organization's.
   *
   * @param organization where to look, for what another organization granted; null: the selected
   */
  record ByName(String type, String name, @Nullable String organization) implements Selection {}

  /** The organization's default of this type. */
  record DefaultOf(String type) implements Selection {}

  /** What the members of a request say; null if they fit together in no way. */
  static @Nullable Selection of(
      @Nullable UUID id,
      @Nullable String type,
      @Nullable String name,
      @Nullable String organization) {
    if (id != null) {
      return type == null && name == null && organization == null ? new ById(id) : null;
    }
    if (type == null) {
      return null;
    }
    if (name != null) {
      return new ByName(type, name, organization);
    }
    return organization == null ? new DefaultOf(type) : null;
  }
}
