package io.coffer.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a problem can carry is what the API's document says of it. */
@QuarkusTest
class ProblemSchemaTest {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  @Test
  void everyMemberIsDescribedAsItIsSent() {
    JsonNode schema = schema();
    JsonNode sent = MAPPER.valueToTree(everything());
    Set<String> described = new HashSet<>();
    schema.get("properties").fieldNames().forEachRemaining(described::add);
    Set<String> names = new HashSet<>(Set.of("request_id"));
    sent.fieldNames().forEachRemaining(names::add);
    assertThat(described).isEqualTo(names);
    sent.properties()
        .forEach(
            member -> assertFits(member.getKey(), member.getValue(), schema.get("properties")));
  }

  @Test
  void everyMemberSaysWhichProblemsHaveIt() {
    for (ProblemMember member : ProblemMember.values()) {
      if (member == ProblemMember.ERRORS_IN_ALL) {
        continue;
      }
      for (String part : member.description().split("; ", -1)) {
        String slug = part.substring(0, part.indexOf(':'));
        assertThat(ProblemType.values())
            .as(member.wireName())
            .extracting(ProblemType::slug)
            .contains(slug);
      }
    }
  }

  private static JsonNode schema() {
    byte[] document = RestAssured.given().get("/q/openapi?format=json").asByteArray();
    try {
      return MAPPER.readTree(document).at("/components/schemas/Problem");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Problem everything() {
    Problem problem =
        Problem.ofFields(
            ProblemType.CONFLICT, "detail", List.of(new Problem.FieldError("f", "r", "m")));
    for (ProblemMember member : ProblemMember.values()) {
      problem =
          problem.with(
              member,
              switch (member.kind()) {
                case NUMBER -> 7;
                case TEXT -> "text";
                case ID -> UUID.randomUUID();
                case IDS -> List.of(UUID.randomUUID());
                case TEXTS -> List.of("text");
                case COUNTS -> Map.of("teams", 1L);
              });
    }
    return problem;
  }

  private static void assertFits(String name, JsonNode value, JsonNode properties) {
    if (value.isNull()) {
      return;
    }
    String type =
        switch (value.getNodeType()) {
          case NUMBER -> "integer";
          case STRING -> "string";
          case ARRAY -> "array";
          case OBJECT -> "object";
          default -> throw new AssertionError(name);
        };
    assertThat(properties.at("/" + name + "/type").asText()).as(name).isEqualTo(type);
    if (value.isArray() && value.get(0).isTextual()) {
      assertThat(properties.at("/" + name + "/items/type").asText()).as(name).isEqualTo("string");
    }
  }
}
