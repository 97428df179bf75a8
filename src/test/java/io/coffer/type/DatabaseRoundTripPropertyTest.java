package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a user and a password are, the credential of each database comes back from its URL, and
 * its driver is given both as they are.
 */
class DatabaseRoundTripPropertyTest {

  /** Every database that is logged in to with a name and a secret, and what those fields are. */
  private static final Map<String, List<String>> LOGINS =
      Map.of(
          "postgresql", List.of("user", "password"),
          "mysql", List.of("user", "password"),
          "mssql", List.of("user", "password"),
          "redshift", List.of("user", "password"),
          "oracle", List.of("user", "password"),
          "clickhouse", List.of("user", "password"),
          "snowflake", List.of("user", "password"),
          "databricks", List.of("client_id", "client_secret"));

  private static final String NAMED = "@:/?#%&+!;=";

  private final FieldValidator validator = new FieldValidator();
  private final Renderer renderer = new Renderer();
  private final ValueParser parser = new ValueParser();

  @Property(tries = 120)
  void everyDatabaseGivesBackUserAndPassword(
      @ForAll("texts") String user, @ForAll("texts") String password) {
    LOGINS.keySet().forEach(slug -> check(SampleTypes.builtIn(slug), slug, user, password));
  }

  @Property(tries = 60)
  void soDoesTheTypeOfAllDatabases(@ForAll("texts") String user, @ForAll("texts") String password) {
    LOGINS.keySet().forEach(kind -> check(SampleTypes.builtIn("database"), kind, user, password));
  }

  /** Each of the characters that mean something in URLs, alone and all together. */
  @Property(tries = 1)
  void everyDatabaseKeepsEveryCharacterThatMeansSomething() {
    for (String slug : LOGINS.keySet()) {
      NAMED
          .chars()
          .mapToObj(Character::toString)
          .forEach(text -> check(SampleTypes.builtIn(slug), slug, text, text));
      check(SampleTypes.builtIn(slug), slug, NAMED + "é漢😀", NAMED + "é漢😀%41%zz");
    }
  }

  private void check(CredentialType type, String kind, String user, String password) {
    Map<String, JsonNode> fields = fields(type, kind, user, password);
    try (ValidatedFields valid = validator.validate(type, fields, null)) {
      JsonNode url = render(type, RenderForm.URL, valid);
      Map<String, JsonNode> again = parser.parse(type, url.path("url").asText());
      try (ValidatedFields read = validator.validate(type, again, null)) {
        assertThat(read.plain()).as(kind).containsAllEntriesOf(valid.plain());
        assertThat(texts(read.secret())).as(kind).isEqualTo(texts(valid.secret()));
      }
      JsonNode jdbc = render(type, RenderForm.JDBC, valid);
      assertThat(jdbc.path("user").asText()).as(kind).isEqualTo(user);
      assertThat(jdbc.path("password").asText()).as(kind).isEqualTo(password);
      assertThat(jdbc.path("url").asText())
          .isEqualTo(
              render(type, RenderForm.JDBC, fields(type, kind, "other", "else"))
                  .path("url")
                  .asText());
    }
  }

  private static final Map<String, TypeSample> SAMPLES = new ConcurrentHashMap<>();

  private static Map<String, JsonNode> fields(
      CredentialType type, String kind, String user, String password) {
    List<String> login = Optional.ofNullable(LOGINS.get(kind)).orElseThrow();
    Map<String, JsonNode> sample =
        SAMPLES.computeIfAbsent(type.slug(), TypeSample::of).valid().stream()
            .map(TypeSample.Valid::fields)
            .filter(it -> it.keySet().containsAll(login))
            .filter(it -> !type.slug().equals("database") || isOf(kind, it))
            .findFirst()
            .orElseThrow();
    Map<String, JsonNode> fields = new LinkedHashMap<>(sample);
    fields.put(login.getFirst(), TextNode.valueOf(user));
    fields.put(login.getLast(), TextNode.valueOf(password));
    return fields;
  }

  private static boolean isOf(String kind, Map<String, JsonNode> sample) {
    return Optional.ofNullable(sample.get("schema_type"))
        .map(JsonNode::asText)
        .orElse("")
        .equals(kind);
  }

  private JsonNode render(CredentialType type, RenderForm form, Map<String, JsonNode> fields) {
    try (ValidatedFields valid = validator.validate(type, fields, null)) {
      return render(type, form, valid);
    }
  }

  private JsonNode render(CredentialType type, RenderForm form, ValidatedFields valid) {
    try (Rendered rendered = renderer.render(type, form, valid.plain(), valid.secret());
        SecretValue json = rendered.json()) {
      return JsonMapper.builder().build().readTree(json.revealText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> texts(SecretFields secret) {
    Map<String, String> texts = new TreeMap<>();
    secret.ids().forEach(id -> texts.put(id, secret.find(id).orElseThrow().revealText()));
    return texts;
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> awkward =
        Arbitraries.strings().withChars(NAMED + "'\"\\[]{}() éß漢a1").ofMinLength(1).ofMaxLength(24);
    Arbitrary<String> any =
        Arbitraries.strings()
            .all()
            .ofMinLength(1)
            .ofMaxLength(24)
            .filter(
                text ->
                    text.codePoints()
                        .noneMatch(
                            c ->
                                Character.isISOControl(c)
                                    || (c >= Character.MIN_SURROGATE
                                        && c <= Character.MAX_SURROGATE)));
    // That name says that an access token of Databricks follows.
    return Arbitraries.oneOf(awkward, any).filter(text -> !text.equals("token"));
  }
}
