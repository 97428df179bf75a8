package io.coffer.type;

import static io.coffer.type.SampleTypes.SERVER;
import static io.coffer.type.SampleTypes.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ValueParserTest {

  private static final CredentialType DATABASE =
      SampleTypes.of(
          """
          slug: db
          name: Database
          category: data_warehouse
          description: A database.
          main: password
          value: [json, connection]
          dialect: [postgresql, redshift, mysql]
          dialect_field: schema_type
          fields:
            - {id: schema_type, label: Kind, kind: choice, choices: [postgresql, redshift, mysql]}
            - {id: host, label: Host, format: host, destination: true}
            - {id: port, label: Port, kind: integer}
            - {id: database, label: Database}
            - {id: user, label: User}
            - {id: password, label: Password, secret: true}
            - {id: tls_mode, label: TLS, kind: choice, choices: [disable, require, verify-full], default: verify-full}
          """);

  private static final CredentialType KEY_FILE =
      SampleTypes.of(
          """
          slug: key_file
          name: Key file
          category: cloud
          description: A key file.
          main: key
          value: json
          fields:
            - {id: key, label: Key, kind: text, secret: true, format: service_account_json}
            - {id: project, label: Project}
          """);

  private final ValueParser parser = new ValueParser();
  private final FieldValidator validator = new FieldValidator();
  private final Renderer renderer = new Renderer();

  @Test
  void readsTheMainField() {
    assertThat(texts(parser.parse(TOKEN, "{\"not\": \"json here\"}")))
        .isEqualTo(Map.of("token", "{\"not\": \"json here\"}"));
  }

  @Test
  void tellsJsonFromTheMainFieldByItsFirstCharacter() {
    assertThat(texts(parser.parse(SERVER, " {\"user\":\"ann\",\"password\":\"x\"}")))
        .isEqualTo(Map.of("user", "ann", "password", "x"));
    assertThat(texts(parser.parse(SERVER, "hunter2"))).isEqualTo(Map.of("password", "hunter2"));
  }

  @Test
  void readsAConnectionString() {
    assertThat(
            texts(
                parser.parse(DATABASE, "mysql://ann:p%40ss@db.example.com/app?ssl-mode=REQUIRED")))
        .isEqualTo(
            Map.of(
                "schema_type",
                "mysql",
                "host",
                "db.example.com",
                "database",
                "app",
                "user",
                "ann",
                "password",
                "p@ss",
                "tls_mode",
                "require"));
  }

  @Test
  void letsTheCallerSayWhichDatabaseASharedSchemeMeans() {
    assertThat(parser.parse(DATABASE, "postgresql://h.example/d", "redshift").get("schema_type"))
        .hasToString("\"redshift\"");
  }

  @Test
  void tellsOfTheValueAsTheNamedDatabaseReadsIt() {
    TypeFailure.InvalidFields missing =
        new TypeFailure.InvalidFields(
            List.of(Violation.of("password", FieldRule.REQUIRED, "must be set")));
    assertThat(
            parser
                .ofValue(
                    DATABASE,
                    "postgresql://ann@h.example/d?ssl=true",
                    Map.of("schema_type", TextNode.valueOf("redshift")),
                    missing)
                .violations())
        .singleElement()
        .extracting(Violation::field)
        .isEqualTo("value.password");
  }

  @Test
  void keepsAWholeKeyFileInItsField() {
    String file = "{\"type\":\"service_account\",\"client_email\":\"a@b\",\"private_key\":\"k\"}";
    assertThat(parser.parse(KEY_FILE, file).get("key")).hasToString(file);
    assertThat(parser.parse(KEY_FILE, "{\"project\":\"p\"}").get("project")).hasToString("\"p\"");
  }

  @Test
  void refusesWithoutRepeatingTheValue() {
    for (String wrong :
        new String[] {
          "{\"user\":\"hunter2\"", "{\"a\":1,\"a\":\"hunter2\"}", "mysql://x:hunter2@[bad/",
          "oracle://hunter2@h/x", "hunter2", "{} hunter2"
        }) {
      TypeFailure.InvalidFields failure =
          catchThrowableOfType(
              TypeFailure.InvalidFields.class, () -> parser.parse(DATABASE, wrong).size());
      assertThat(failure.violations())
          .singleElement()
          .extracting(Violation::field)
          .isEqualTo("value");
      assertThat(failure.toString()).doesNotContain("hunter2");
    }
  }

  @Property(tries = 300)
  void connectionStringsSurviveTheRoundTripThroughFields(
      @ForAll("names") String user, @ForAll("names") String password) {
    try (SecretFields secret = SecretFields.of(Map.of("password", SecretValue.ofText(password)));
        Rendered first =
            renderer.render(
                DATABASE,
                RenderForm.URL,
                Map.of("schema_type", "postgresql", "host", "h.example", "user", user),
                secret)) {
      Map<String, JsonNode> parsed = parser.parse(DATABASE, url(first));
      try (ValidatedFields valid = validator.validate(DATABASE, parsed, null);
          Rendered second =
              renderer.render(DATABASE, RenderForm.URL, valid.plain(), valid.secret())) {
        assertThat(valid.plain())
            .containsEntry("user", user)
            .containsEntry("tls_mode", "verify-full");
        assertThat(valid.secret().find("password").map(SecretValue::revealText)).contains(password);
        assertThat(url(second)).isEqualTo(url(first));
      }
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withChars("aZ0@:/?#%&+!;= \"'\\{}äßя漢")
        .ofMinLength(1)
        .ofMaxLength(20)
        .filter(text -> !text.equals(Masks.STARS));
  }

  private static String url(Rendered rendered) {
    try (SecretValue json = rendered.json()) {
      return JsonMapper.builder().build().readTree(json.revealText()).get("url").textValue();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> texts(Map<String, JsonNode> fields) {
    return fields.entrySet().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().asText()));
  }
}
