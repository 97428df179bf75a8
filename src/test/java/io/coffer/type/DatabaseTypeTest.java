package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.connection.Dialect;
import io.coffer.type.connection.Property;
import io.coffer.type.connection.TlsMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The type that serves every kind of database takes the fields of the kind that it names. */
class DatabaseTypeTest {

  private static final CredentialType TYPE = SampleTypes.builtIn("database");
  private static final TypeDefinition PACK = TYPE.definition();
  private static final Map<String, List<String>> FIELDS =
      PACK.rules().structure().byChoice().getOrDefault("schema_type", Map.of());

  private final FieldValidator validator = new FieldValidator();
  private final Renderer renderer = new Renderer();
  private final ValueParser parser = new ValueParser();

  @TestFactory
  Stream<DynamicTest> refusesEveryFieldOfAnotherKind() {
    return TypeSample.of("database").valid().stream()
        .flatMap(
            sample ->
                PACK.fields().stream()
                    .filter(field -> !fieldsOf(kind(sample)).contains(field.id()))
                    .map(
                        field ->
                            DynamicTest.dynamicTest(
                                kind(sample) + ' ' + field.id(), () -> refuses(sample, field))));
  }

  /** With a value that is right where the field belongs, so that nothing else is wrong. */
  private void refuses(TypeSample.Valid sample, FieldDefinition field) {
    JsonNode value =
        TypeSample.of("database").valid().stream()
            .flatMap(other -> Optional.ofNullable(other.fields().get(field.id())).stream())
            .findFirst()
            .orElseGet(() -> placeholder(field));
    Map<String, JsonNode> fields = new LinkedHashMap<>(sample.fields());
    fields.put(field.id(), value);
    assertThat(refused(fields, null))
        .filteredOn(violation -> violation.field().equals(field.id()))
        .extracting(Violation::rule)
        .contains(FieldRule.NOT_FOR_CHOICE);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(reread(FormSchema.of(PACK)))
                .validate(reread(JsonMapper.builder().build().valueToTree(fields))))
        .as("faults that the form's schema finds")
        .isNotEmpty();
  }

  private static JsonNode placeholder(FieldDefinition field) {
    String text =
        switch (field.id()) {
          case "sid" -> "ORCL";
          case "project", "http_path", "location", "dataset" -> "europe";
          default -> field.choices().isEmpty() ? "db.example.com" : field.choices().getFirst();
        };
    return JsonMapper.builder().build().getNodeFactory().textNode(text);
  }

  @TestFactory
  Stream<DynamicTest> hasTheFieldsThatTheKindOfDatabaseHas() {
    return PACK.dialect().stream()
        .map(id -> Dialect.find(id).orElseThrow())
        .map(dialect -> DynamicTest.dynamicTest(dialect.id(), () -> agrees(dialect)));
  }

  private static void agrees(Dialect dialect) {
    List<String> fields = fieldsOf(dialect.id());
    Arrays.stream(Property.values())
        .forEach(
            property ->
                assertThat(fields.contains(property.id()))
                    .as(property.id())
                    .isEqualTo(property.isOf(dialect)));
    assertThat(fields.contains("port")).isEqualTo(!dialect.hosted());
    assertThat(fields.contains("tls_mode")).isEqualTo(!TlsMode.of(dialect).isEmpty());
    Map<String, List<String>> narrowed =
        PACK.rules()
            .structure()
            .narrowed()
            .getOrDefault("schema_type", Map.of())
            .getOrDefault(dialect.id(), Map.of());
    assertThat(narrowed.getOrDefault("tls_mode", List.of()))
        .containsExactlyInAnyOrderElementsOf(
            TlsMode.of(dialect).stream().map(TlsMode::id).toList());
  }

  @Test
  void everyChoiceIsAKindWithFields() {
    assertThat(FIELDS.keySet())
        .containsExactlyInAnyOrderElementsOf(PACK.field("schema_type").orElseThrow().choices());
    assertThat(FIELDS.values().stream().flatMap(List::stream).distinct().toList())
        .containsExactlyInAnyOrderElementsOf(
            PACK.fields().stream()
                .map(FieldDefinition::id)
                .filter(id -> !id.equals("schema_type"))
                .toList());
  }

  @Test
  void namesTheFieldsToRemoveWhenTheKindChanges() {
    String oracle =
        "{schema_type:'oracle', host:'h.example', service_name:'s', user:'u', password:'p'}";
    try (ValidatedFields old = validator.validate(TYPE, SampleTypes.fields(oracle), null)) {
      StoredFields stored = new StoredFields(old.plain(), old.secret(), false);
      assertThat(refused(SampleTypes.fields("{schema_type:'mysql'}"), stored))
          .singleElement()
          .satisfies(
              violation -> {
                assertThat(violation.field()).isEqualTo("service_name");
                assertThat(violation.rule()).isEqualTo(FieldRule.NOT_FOR_CHOICE);
                assertThat(violation.message())
                    .isEqualTo(
                        "cannot be set where schema_type is mysql, only where it is oracle;"
                            + " it is still stored, send null for it to remove it");
              });
      try (ValidatedFields mended =
          validator.validate(
              TYPE, SampleTypes.fields("{schema_type:'mysql', service_name:null}"), stored)) {
        assertThat(mended.plain()).doesNotContainKey("service_name");
        assertThat(validator.missing(TYPE, mended.ids(), mended.plain())).isEmpty();
      }
      assertThat(refused(SampleTypes.fields("{schema_type:'bigquery'}"), stored))
          .extracting(Violation::field)
          .containsExactlyInAnyOrder("host", "service_name", "user", "password");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {schema_type:'oracle', host:'h.example', service_name:'s.example', user:'u', password:'p'} | DB_HOST=h.example DB_PORT=2484 DB_SERVICE_NAME=s.example DB_TLS_MODE=verify-full
          {schema_type:'oracle', host:'h.example', sid:'X', user:'u', password:'p', tls_mode:'disable'} | DB_PORT=1521 DB_SID=X DB_TLS_MODE=disable
          {schema_type:'oracle', host:'h.example', port:1530, sid:'X', user:'u', password:'p'} | DB_PORT=1530
          {schema_type:'clickhouse', host:'h.example', user:'u', password:'p', tls_mode:'disable'} | DB_PORT=8123
          {schema_type:'clickhouse', host:'h.example', user:'u', password:'p'} | DB_PORT=8443
          {schema_type:'postgresql', host:'h.example', user:'u', password:'p'} | DB_PORT=5432 DB_TLS_MODE=verify-full
          {schema_type:'snowflake', account:'org-acct', user:'u', password:'p', warehouse:'W', role:'R', database:'D', schema:'S'} | DB_ACCOUNT=org-acct DB_WAREHOUSE=W DB_ROLE=R DB_NAME=D DB_SCHEMA=S DB_USER=u DB_PASSWORD=p
          {schema_type:'bigquery', project:'example-project-1', dataset:'d', location:'EU', access_token:'t'} | DB_PROJECT=example-project-1 DB_DATASET=d DB_LOCATION=EU DB_ACCESS_TOKEN=t
          {schema_type:'databricks', host:'w.cloud.databricks.com', access_token:'t', catalog:'c', http_path:'/sql/1.0/warehouses/0123456789abcdef'} | DB_HTTP_PATH=/sql/1.0/warehouses/0123456789abcdef DB_CATALOG=c
          {schema_type:'static_file', url:'https://files.example/a.csv'} | DB_FILE_URL=https://files.example/a.csv
          """)
  void givesVariablesForWhateverTheKindHas(String fields, String variables) {
    JsonNode env = render(fields, RenderForm.ENV);
    for (String variable : variables.split(" ", -1)) {
      String[] pair = variable.split("=", 2);
      assertThat(env.path(pair[0]).asText()).as(pair[0]).isEqualTo(pair[1]);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {schema_type:'snowflake', account:'org-acct', user:'u', password:'p'} | DB_TLS_MODE
          {schema_type:'snowflake', account:'org-acct', user:'u', password:'p'} | DB_PORT
          {schema_type:'bigquery', project:'example-project-1', access_token:'t'} | DB_TLS_MODE
          {schema_type:'static_file', url:'https://files.example/a.csv'} | DB_TLS_MODE
          {schema_type:'static_file', url:'https://files.example/a.csv'} | DB_PORT
          """)
  void givesNoDefaultOfAFieldThatTheKindHasNot(String fields, String variable) {
    assertThat(render(fields, RenderForm.ENV).has(variable)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {schema_type:'oracle', host:'h.example', service_name:'s', user:'u', password:'p'} | oracle://u:p@h.example:2484/s?protocol=tcps | jdbc:oracle:thin:@tcps://h.example:2484/s
          {schema_type:'oracle', host:'h.example', sid:'X', user:'u', password:'p', tls_mode:'disable'} | oracle://u:p@h.example:1521/?protocol=tcp&sid=X | jdbc:oracle:thin:@h.example:1521:X
          {schema_type:'clickhouse', host:'h.example', user:'u', password:'p', tls_mode:'disable'} | clickhouse://u:p@h.example:8123/?secure=false | jdbc:clickhouse://h.example:8123/?ssl=false
          """)
  void fillsInThePortOfTheTlsMode(String fields, String url, String jdbc) {
    assertThat(render(fields, RenderForm.URL).path("url").asText()).isEqualTo(url);
    assertThat(render(fields, RenderForm.JDBC).path("url").asText()).isEqualTo(jdbc);
  }

  @Test
  void keepsThePortOpenThatAConnectionStringDoesNotGive() {
    Map<String, JsonNode> open = parser.parse(TYPE, "oracle://u:p@h.example/s");
    assertThat(open).doesNotContainKey("port").containsKey("service_name");
    assertThat(parser.parse(TYPE, "oracle://u:p@h.example:1521/s")).containsKey("port");
  }

  /** SQLAlchemy's dialect reads such a URL; what it names is the project and who comes. */
  @Test
  void putsTheServiceAccountIntoTheUrlOfBigQueryAndReadsItBack() {
    Map<String, JsonNode> fields =
        TypeSample.of("database").valid().stream()
            .map(TypeSample.Valid::fields)
            .filter(sample -> sample.containsKey("service_account_json"))
            .findFirst()
            .orElseThrow();
    try (ValidatedFields valid = validator.validate(TYPE, fields, null);
        Rendered rendered = renderer.render(TYPE, RenderForm.URL, valid.plain(), valid.secret());
        SecretValue json = rendered.json()) {
      String url = tree(json.revealText()).path("url").asText();
      assertThat(url).startsWith("bigquery://example-project-1/sales_2026?credentials_base64=");
      Map<String, JsonNode> again = parser.parse(TYPE, url);
      try (ValidatedFields read = validator.validate(TYPE, again, null)) {
        assertThat(read.plain()).containsAllEntriesOf(valid.plain());
        assertThat(text(read.secret())).isEqualTo(text(valid.secret()));
        assertThat(validator.missing(TYPE, read.ids(), read.plain())).isEmpty();
      }
    }
  }

  @Test
  void givesADriverOfBigQueryTheKeyOrTheTokenAndSaysWhich() {
    String token = "{schema_type:'bigquery', project:'example-project-1', access_token:'t.0'}";
    JsonNode jdbc = render(token, RenderForm.JDBC);
    assertThat(jdbc.path("url").asText()).endsWith(";ProjectId=example-project-1;OAuthType=2");
    assertThat(jdbc.path("password").asText()).isEqualTo("t.0");
    TypeFailure.IncompleteFields missing =
        catchThrowableOfType(
            TypeFailure.IncompleteFields.class, () -> render(token, RenderForm.URL));
    assertThat(missing.violations())
        .extracting(Violation::field)
        .containsExactly("service_account_json");
  }

  private static String text(SecretFields secret) {
    return secret.find("service_account_json").orElseThrow().revealText();
  }

  private JsonNode render(String fields, RenderForm form) {
    try (ValidatedFields valid = validator.validate(TYPE, SampleTypes.fields(fields), null);
        Rendered rendered = renderer.render(TYPE, form, valid.plain(), valid.secret());
        SecretValue json = rendered.json()) {
      return tree(json.revealText());
    }
  }

  private List<Violation> refused(Map<String, JsonNode> fields, @Nullable StoredFields stored) {
    TypeFailure.InvalidFields failure =
        catchThrowableOfType(
            TypeFailure.InvalidFields.class,
            () -> validator.validate(TYPE, fields, stored).close());
    assertThat(failure).as("refusal").isNotNull();
    return failure.violations();
  }

  private static String kind(TypeSample.Valid sample) {
    return Objects.requireNonNull(sample.fields().get("schema_type")).asText();
  }

  private static List<String> fieldsOf(String kind) {
    List<String> fields = new ArrayList<>(FIELDS.getOrDefault(kind, List.of()));
    fields.add("schema_type");
    return fields;
  }

  private static JsonNode reread(JsonNode node) {
    return tree(node.toString());
  }

  private static JsonNode tree(String json) {
    try {
      return JsonMapper.builder().build().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
