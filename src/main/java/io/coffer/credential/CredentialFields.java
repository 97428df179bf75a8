package io.coffer.credential;

import io.coffer.credential.CredentialRepository.Found;
import io.coffer.web.list.ListField;
import io.coffer.web.list.ListGrammar;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By what credentials can be filtered and ordered: never by a field's content. */
final class CredentialFields {

  static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(
              ListField.uuid("id", "c.id"),
              ListField.text("name", "c.name"),
              new ListField("type", "t.slug", ListField.Kind.TEXT, false, null),
              ListField.text("category", "c.category"),
              ListField.text("description", "c.description"),
              ListField.uuid("owner", "c.owner"),
              ListField.uuid("created_by", "c.created_by"),
              ListField.bool("is_default", "c.is_default"),
              ListField.bool("is_valid", "c.is_valid"),
              ListField.bool("has_schema", "c.has_schema"),
              ListField.text("verdict", "c.verdict"),
              ListField.integer("version", "c.version"),
              ListField.integer("revision", "c.revision"),
              ListField.instant("created_at", "c.created_at"),
              ListField.instant("updated_at", "c.updated_at"),
              ListField.nullableInstant("expires_at", "c.expires_at"),
              ListField.nullableInstant("last_used_at", "c.last_used_at")),
          List.of("c.name", "c.description"),
          "-created_at",
          Set.of("label", "deleted"));

  private CredentialFields() {}

  /** The value of a field that the list can be ordered by. */
  static @Nullable Object valueOf(Found found, String field) {
    CredentialEntity row = found.row();
    return switch (field) {
      case "name" -> row.name;
      case "category" -> row.category;
      case "description" -> row.description;
      case "verdict" -> row.verdict;
      case "version" -> row.version;
      case "revision" -> row.revision;
      case "created_at" -> row.createdAt;
      case "updated_at" -> row.updatedAt;
      case "expires_at" -> row.expiresAt;
      case "last_used_at" -> row.lastUsedAt;
      default -> throw new IllegalArgumentException("the list is not ordered by " + field);
    };
  }
}
