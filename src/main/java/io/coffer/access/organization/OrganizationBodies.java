package io.coffer.access.organization;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.access.Organization;
import io.coffer.access.organization.OrganizationView.Kek;
import io.coffer.web.InvalidBody;
import io.coffer.web.JsonBody;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what requests say about organizations. */
final class OrganizationBodies {

  private static final int MAX_NAME = 512;
  private static final int MAX_SLUG = 63;
  private static final int MAX_PROVIDER = 64;
  private static final int MAX_KEY_ID = 2048;

  private OrganizationBodies() {}

  /** A new organization. */
  record Create(String slug, String name) {}

  /**
   * A merge patch.
   *
   * @param name null: as it is
   * @param kek null: as it is; empty: the default key
   */
  record Patch(@Nullable String name, @Nullable Optional<Kek> kek) {}

  static Create create(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    String slug = body.requiredText("slug", MAX_SLUG);
    if (!slug.isEmpty() && !Organization.isSlug(slug)) {
      body.error("slug", "pattern", "It must be 1 to 63 of a-z 0-9 . _ - and begin with a-z 0-9.");
    }
    String name = body.has("name") ? body.requiredText("name", MAX_NAME) : slug;
    body.finish();
    return new Create(slug, name.strip());
  }

  static Patch patch(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    Patch patch =
        new Patch(body.has("name") ? body.requiredText("name", MAX_NAME).strip() : null, kek(body));
    body.finish();
    return patch;
  }

  private static @Nullable Optional<Kek> kek(JsonBody body) {
    if (body.isNull("kek")) {
      return Optional.empty();
    }
    JsonNode node = body.node("kek");
    if (node == null) {
      return null;
    }
    JsonBody members = new JsonBody(node);
    Kek kek =
        new Kek(
            members.requiredText("provider", MAX_PROVIDER),
            members.requiredText("key_id", MAX_KEY_ID));
    try {
      members.finish();
    } catch (InvalidBody wrong) {
      wrong
          .errors()
          .forEach(error -> body.error("kek." + error.field(), error.rule(), error.message()));
    }
    return Optional.of(kek);
  }
}
