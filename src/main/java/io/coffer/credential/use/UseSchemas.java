package io.coffer.credential.use;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Requests and answers of uses as OpenAPI shows them. */
final class UseSchemas {

  private static final String FORMS =
      "fields, env, file, url, jdbc, header or inject; fields if left out";

  private UseSchemas() {}

  @Schema(name = "Use")
  record Use(
      @Schema(description = FORMS) @Nullable String as,
      @Schema(description = "A public JWK to encrypt the value to")
          @Nullable Map<String, Object> recipient) {}

  @Schema(name = "UseSelection")
  record One(
      @Nullable UUID id,
      @Nullable String type,
      @Nullable String name,
      @Schema(description = "With name: the other organization whose credential was granted")
          @Nullable String organization) {}

  @Schema(name = "UseMany")
  record UseMany(
      @Nullable UUID id,
      @Nullable String type,
      @Nullable String name,
      @Schema(description = "With name: the other organization whose credential was granted")
          @Nullable String organization,
      @Schema(description = "Instead of id, type and name: up to 100 credentials")
          @Nullable List<One> credentials,
      @Schema(description = FORMS) @Nullable String as,
      @Nullable Map<String, Object> recipient) {}

  @Schema(
      name = "UsedValue",
      description = "The members after as depend on it: one of them stands in an answer.")
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Value(
      UUID id,
      String name,
      String type,
      int version,
      String as,
      @Schema(
              description =
                  "Certificates and keys that are set and that this form has no place for; inject"
                      + " or fields have them")
          @Nullable List<String> leftOut,
      @Nullable Map<String, Object> fields,
      @Nullable Map<String, String> env,
      @Schema(description = "name and content") @Nullable Map<String, String> file,
      @Schema(description = "env, files by path, extra_vars") @Nullable Map<String, Object> inject,
      @Nullable String url,
      @Schema(description = "url without secrets, user and password")
          @Nullable Map<String, String> jdbc,
      @Schema(description = "Texts by header name") @Nullable Map<String, String> header,
      @Schema(description = "Compact JWE of the object that the form's member would be")
          @Nullable String jwe) {}

  @Schema(name = "UseResults", description = "One result for each credential asked for, in order")
  record Results(List<Result> results) {}

  @Schema(
      name = "UseResult",
      description = "The members of UsedValue, or problem alone",
      allOf = Value.class)
  record Result(@Schema(ref = "Problem") @Nullable Object problem) {}
}
