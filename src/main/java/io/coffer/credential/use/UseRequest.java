package io.coffer.credential.use;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.type.RenderForm;
import io.coffer.web.JsonBody;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request for values.
 *
 * @param selections which credentials
 * @param many whether they were asked for as a list, and are answered so
 * @param form how the values shall look
 * @param recipient whom to encrypt to; null: nobody in particular
 */
record UseRequest(
    List<Selection> selections, boolean many, RenderForm form, @Nullable Recipient recipient) {

  static final int MAX_SELECTIONS = 100;
  private static final int MAX_NAME = 512;
  private static final int MAX_TYPE = 128;

  /** Reads the body of a use of one credential that the path names; the body may be missing. */
  static UseRequest of(UUID id, @Nullable JsonNode node) {
    List<Selection> selections = List.of(new Selection.ById(id));
    if (node == null || node.isMissingNode()) {
      return new UseRequest(selections, false, RenderForm.FIELDS, null);
    }
    JsonBody body = new JsonBody(node);
    RenderForm form = form(body);
    JsonNode recipient = body.node("recipient");
    body.finish();
    return new UseRequest(selections, false, form, recipient(recipient));
  }

  /** Reads the body of a use that names its credentials itself. */
  static UseRequest of(@Nullable JsonNode node) {
    JsonBody body = new JsonBody(node);
    RenderForm form = form(body);
    JsonNode recipient = body.node("recipient");
    boolean many = body.has("credentials");
    List<Selection> selections = new ArrayList<>();
    if (many) {
      List<JsonNode> items = body.objects("credentials", 1, MAX_SELECTIONS);
      for (int i = 0; i < items.size(); i++) {
        selections.add(selection(new JsonBody(items.get(i), "credentials[" + i + "]."), ""));
      }
      refuseBeside(body);
      body.finish();
    } else {
      selections.add(selection(body, "id"));
    }
    return new UseRequest(selections, many, form, recipient(recipient));
  }

  /** What names one credential stands in an item of the list, not beside the list. */
  private static void refuseBeside(JsonBody body) {
    for (String member : List.of("id", "type", "name", "organization")) {
      if (body.has(member)) {
        body.error(
            member, "selection", "Give it in an item of credentials, or leave credentials out.");
      }
    }
  }

  /**
   * Reads what names one credential.
   *
   * @param place the member to be named where nothing is selected; empty: the object itself
   */
  private static Selection selection(JsonBody body, String place) {
    String id = body.text("id", MAX_TYPE);
    String type = body.text("type", MAX_TYPE);
    String name = body.text("name", MAX_NAME);
    String organization = body.text("organization", MAX_TYPE);
    Selection selection = null;
    try {
      selection = Selection.of(id == null ? null : UUID.fromString(id), type, name, organization);
      if (selection == null) {
        body.error(place, "selection", "Give id, or type and name, or type alone for its default.");
      }
    } catch (IllegalArgumentException e) {
      body.error("id", "uuid", "It must be a UUID.");
    }
    body.finish();
    return Objects.requireNonNull(selection, "finish() refuses what selects nothing");
  }

  private static RenderForm form(JsonBody body) {
    String code = body.text("as", MAX_TYPE);
    if (code == null) {
      return RenderForm.FIELDS;
    }
    return RenderForm.ofCode(code)
        .orElseGet(
            () -> {
              body.error("as", "choice", "It must be one of " + forms() + ".");
              return RenderForm.FIELDS;
            });
  }

  private static String forms() {
    return Arrays.stream(RenderForm.values())
        .map(RenderForm::code)
        .collect(Collectors.joining(", "));
  }

  private static @Nullable Recipient recipient(@Nullable JsonNode jwk) {
    return jwk == null ? null : Recipient.of(jwk);
  }
}
