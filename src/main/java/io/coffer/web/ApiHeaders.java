package io.coffer.web;

import java.util.Set;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** The headers of answers in the OpenAPI document. */
final class ApiHeaders {

  private static final String DEFAULT = "default";

  /** What counts its revisions, or has one for all of the application's life. */
  private static final Set<String> TAGGED =
      Set.of("Credential", "Organization", "Team", "CredentialType", "CredentialTypeList");

  private ApiHeaders() {}

  static void add(PathItem.HttpMethod method, APIResponses responses) {
    boolean tagged = responses.getAPIResponses().values().stream().anyMatch(ApiHeaders::isTagged);
    responses
        .getAPIResponses()
        .forEach(
            (code, response) -> {
              response.addHeader(
                  RequestId.HEADER, text("Names the request in the log and in the record"));
              if (isTagged(response) || (tagged && code.equals("304"))) {
                response.addHeader("ETag", text("For If-Match and If-None-Match"));
              }
              if (method == PathItem.HttpMethod.POST
                  && (code.equals("201") || code.equals("202"))) {
                response.addHeader("Location", text("Where it can be read"));
              }
              if (code.equals(DEFAULT)) {
                response.addHeader(
                    "Retry-After", number("With 503: in how many seconds to ask again"));
                response.addHeader(
                    "WWW-Authenticate", text("With 401: what is asked for (RFC 6750)"));
              }
            });
  }

  private static boolean isTagged(APIResponse response) {
    return response.getContent() != null
        && response.getContent().getMediaTypes().values().stream()
            .anyMatch(type -> type.getSchema() != null && isTagged(type.getSchema()));
  }

  private static boolean isTagged(Schema schema) {
    String ref = schema.getRef();
    return ref == null
        ? schema.getOneOf() != null && schema.getOneOf().stream().anyMatch(ApiHeaders::isDeleted)
        : TAGGED.contains(ref.substring(ref.lastIndexOf('/') + 1));
  }

  /** The answer to a deletion may be the credential with what refers to it. */
  private static boolean isDeleted(Schema schema) {
    return schema.getRef() != null && schema.getRef().endsWith("/DeletedCredential");
  }

  private static Header number(String description) {
    return header(description, Schema.SchemaType.INTEGER);
  }

  private static Header text(String description) {
    return header(description, Schema.SchemaType.STRING);
  }

  private static Header header(String description, Schema.SchemaType type) {
    return OASFactory.createHeader()
        .description(description)
        .schema(OASFactory.createSchema().addType(type));
  }
}
