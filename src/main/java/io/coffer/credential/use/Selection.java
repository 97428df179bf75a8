package io.coffer.credential.use;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which credential a caller wants to use. */
sealed interface Selection {

  /** The one with this id. */
  record ById(UUID id) implements Selection {}

  /** The one of this type with this name: the caller's own first, then the organization's. */
  record ByName(String type, String name) implements Selection {}

  /** The organization's default of this type. */
  record DefaultOf(String type) implements Selection {}

  /** What the members of a request say; null if they fit together in no way. */
  static @Nullable Selection of(@Nullable UUID id, @Nullable String type, @Nullable String name) {
    if (id != null) {
      return type == null && name == null ? new ById(id) : null;
    }
    if (type == null) {
      return null;
    }
    return name == null ? new DefaultOf(type) : new ByName(type, name);
  }
}
