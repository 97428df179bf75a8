package io.coffer.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;

/** Adds to the OpenAPI document what holds for every call: the token, the tenant, the problems. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

  private static final String SCHEME = "bearer";
  private static final String PROBLEM = "Problem";
  private static final String NATIVE = "/api/v1/";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getComponents() == null) {
      document.setComponents(OASFactory.createComponents());
    }
    document.getComponents().addSchema(PROBLEM, problem());
    document
        .getPaths()
        .getPathItems()
        .forEach(
            (path, item) -> {
              if (path.startsWith(NATIVE)) {
                item.getOperations().forEach(ApiDocument::complete);
              }
            });
  }

  private static void complete(PathItem.HttpMethod method, Operation operation) {
    SecurityRequirement token = OASFactory.createSecurityRequirement().addScheme(SCHEME);
    operation.setSecurity(List.of(token));
    operation.addParameter(organization());
    APIResponse problems =
        OASFactory.createAPIResponse()
            .description("A problem (RFC 9457); its type says which, docs/problems.md lists them")
            .content(content());
    APIResponses responses = operation.getResponses();
    // What the generator says of a body that cannot be read is a problem like any other.
    APIResponse unread = responses.getAPIResponse("400");
    if (unread != null && unread.getContent() == null) {
      responses.removeAPIResponse("400");
    }
    responses.setDefaultValue(problems);
    ApiHeaders.add(method, responses);
  }

  private static Parameter organization() {
    return OASFactory.createParameter()
        .name("X-Coffer-Organization")
        .in(Parameter.In.HEADER)
        .description("Slug or id of the organization, for callers that belong to several")
        .schema(text());
  }

  private static Content content() {
    return OASFactory.createContent()
        .addMediaType(
            Problem.MEDIA_TYPE,
            OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM)));
  }

  private static Schema problem() {
    Schema problem =
        OASFactory.createSchema()
            .addType(Schema.SchemaType.OBJECT)
            .required(List.of("type", "title", "status"))
            .addProperty("type", text().description("urn:coffer:problem: and the kind"))
            .addProperty("title", text())
            .addProperty("status", number())
            .addProperty("detail", text())
            .addProperty("request_id", text().description("To be told to whoever operates it"))
            .addProperty("errors", list(error()));
    for (ProblemMember member : ProblemMember.values()) {
      problem.addProperty(
          member.wireName(), schema(member.kind()).description(member.description()));
    }
    return problem;
  }

  private static Schema schema(ProblemMember.Kind kind) {
    return switch (kind) {
      case NUMBER -> number();
      case TEXT -> text();
      case ID -> id();
      case IDS -> list(id());
      case TEXTS -> list(text());
      case COUNTS ->
          OASFactory.createSchema()
              .addType(Schema.SchemaType.OBJECT)
              .additionalPropertiesSchema(number());
    };
  }

  private static Schema error() {
    return OASFactory.createSchema()
        .addType(Schema.SchemaType.OBJECT)
        .addProperty("field", text())
        .addProperty("rule", text())
        .addProperty("message", text());
  }

  private static Schema list(Schema items) {
    return OASFactory.createSchema().addType(Schema.SchemaType.ARRAY).items(items);
  }

  private static Schema number() {
    return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
  }

  private static Schema id() {
    return text().format("uuid");
  }

  private static Schema text() {
    return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
  }
}
