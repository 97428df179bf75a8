package io.coffer.type;

import static io.coffer.type.SampleTypes.SERVER;
import static io.coffer.type.SampleTypes.TOKEN;
import static io.coffer.type.SampleTypes.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RendererTest {

  private static final String FULL =
      "{host:'db.example.com', user:'änn', password:'pass \\\"w\\\\örd', sudo:true,"
          + " sudo_password:'root', scopes:['a','b'], extra:{k:'v'}}";

  private final Renderer renderer = new Renderer();
  private final FieldValidator validator = new FieldValidator();

  @Test
  void givesFieldsInTheirKindsAndNoDefaults() {
    assertThat(render(SERVER, RenderForm.FIELDS, FULL))
        .isEqualTo(
            json(
                "{host:'db.example.com', user:'änn', password:'pass \\\"w\\\\örd', sudo:true,"
                    + " sudo_password:'root', scopes:['a','b'], extra:{k:'v'}}"));
  }

  @Test
  void givesVariablesWithDefaultsAndWithoutWhatIsNotSet() {
    assertThat(render(SERVER, RenderForm.ENV, "{host:'h.example', user:'ann'}"))
        .isEqualTo(
            json("{SERVER_HOST:'h.example', SERVER_PORT:'22', SERVER_URL:'ssh://ann@h.example'}"));
  }

  @Test
  void givesAKeyFileThatEndsInALineBreak() {
    assertThat(render(SERVER, RenderForm.FILE, "{private_key:'line\\nline\\n'}"))
        .isEqualTo(json("{name:'id_key', content:'line\\nline\\n'}"));
  }

  @Test
  void givesTheFirstHeaderWhoseFieldsAreSet() {
    CredentialType claude = SampleTypes.builtIn("anthropic");
    assertThat(render(claude, RenderForm.HEADER, "{api_key:'k1'}"))
        .isEqualTo(json("{'x-api-key':'k1', 'anthropic-version':'2023-06-01'}"));
    assertThat(render(claude, RenderForm.HEADER, "{auth_token:'t1'}"))
        .isEqualTo(json("{Authorization:'Bearer t1', 'anthropic-version':'2023-06-01'}"));
    assertThatThrownBy(() -> render(claude, RenderForm.HEADER, "{}"))
        .isInstanceOf(TypeFailure.IncompleteFields.class)
        .hasMessageContaining("api_key");
  }

  @Test
  void givesNoConnectionForATokenThatOthersAreGotWith() {
    CredentialType bigquery = SampleTypes.builtIn("bigquery");
    String fields =
        "{refresh_token:'r1', client_id:'c', client_secret:'s', project:'example-project-1'}";
    for (RenderForm form : List.of(RenderForm.URL, RenderForm.JDBC)) {
      assertThatThrownBy(() -> render(bigquery, form, fields))
          .isInstanceOf(TypeFailure.IncompleteFields.class)
          .hasMessageContaining("service_account_json");
    }
  }

  @Test
  void givesABasicHeader() {
    String pair =
        Base64.getEncoder().encodeToString("änn:pass \"w\\örd".getBytes(StandardCharsets.UTF_8));
    assertThat(render(SERVER, RenderForm.HEADER, FULL))
        .isEqualTo(json("{Authorization:'Basic " + pair + "'}"));
  }

  @Test
  void givesABearerHeaderWithWhatGoesAlong() {
    assertThat(render(TOKEN, RenderForm.HEADER, "{token:'abc', team:'t1'}"))
        .isEqualTo(json("{Authorization:'Bearer abc', 'X-Team':'t1', 'X-Version':'2'}"));
    assertThat(render(TOKEN, RenderForm.HEADER, "{token:'abc'}"))
        .isEqualTo(json("{Authorization:'Bearer abc', 'X-Version':'2'}"));
  }

  @Test
  void givesAnInjectionWhoseFilesAreWhereTheReceiverPutsThem() {
    try (ValidatedFields valid = validator.validate(SERVER, fields(FULL), null);
        Rendered rendered =
            renderer.render(SERVER, RenderForm.INJECT, valid.plain(), valid.secret(), "/tmp/x")) {
      assertThat(json(rendered))
          .isEqualTo(
              json(
                  "{env:{S_USER:'änn', S_FILE:'/tmp/x/credential', S_SUDO:'True'},"
                      + " files:{'/tmp/x/credential':'host=db.example.com\\nsudo=root'},"
                      + " extra_vars:{user:'ÄNN', nested:{list:['db.example.com']}}}"));
    }
  }

  @Test
  void namesTheFormsThatATypeHas() {
    TypeFailure.UnsupportedForm failure =
        catchThrowableOfType(
            TypeFailure.UnsupportedForm.class,
            () -> render(TOKEN, RenderForm.JDBC, "{token:'x'}").size());
    assertThat(failure.supported()).containsExactly(RenderForm.FIELDS, RenderForm.HEADER);
  }

  @Test
  void namesTheFieldThatAFormNeeds() {
    TypeFailure.IncompleteFields failure =
        catchThrowableOfType(
            TypeFailure.IncompleteFields.class,
            () -> render(TOKEN, RenderForm.HEADER, "{team:'x'}").size());
    assertThat(failure.violations()).extracting(Violation::field).containsExactly("token");
  }

  @Test
  void letsNoSecretEndAHeaderLine() {
    CredentialType type =
        SampleTypes.of(
            """
            slug: raw
            name: Raw
            category: tools
            description: A type.
            fields: [{id: key, label: Key, kind: text, secret: true}]
            header: {name: X-Key, field: key}
            """);
    assertThatThrownBy(() -> render(type, RenderForm.HEADER, "{key:'a\\r\\nX-Evil: 1'}"))
        .isInstanceOf(TypeFailure.InvalidFields.class)
        .hasMessageNotContaining("Evil");
  }

  @Test
  void leavesNothingReadableAfterClosing() {
    try (ValidatedFields valid = validator.validate(TOKEN, fields("{token:'abc'}"), null)) {
      Rendered rendered = renderer.render(TOKEN, RenderForm.FIELDS, valid.plain(), valid.secret());
      rendered.close();
      assertThatThrownBy(rendered::json).isInstanceOf(IllegalStateException.class);
      assertThat(valid.secret().find("token").orElseThrow().isClosed()).isFalse();
      assertThat(rendered.toString()).doesNotContain("abc");
    }
  }

  @Property
  void writesEveryTextAsJson(@ForAll String text) throws JsonProcessingException {
    if (!Texts.isStorable(text)) {
      return;
    }
    try (SecretFields secret = SecretFields.of(Map.of("token", SecretValue.ofText(text)));
        Rendered rendered = new Renderer().render(TOKEN, RenderForm.FIELDS, Map.of(), secret)) {
      assertThat(json(rendered).get("token").textValue()).isEqualTo(text);
    }
  }

  private JsonNode render(CredentialType type, RenderForm form, String json) {
    try (ValidatedFields valid = validator.validate(type, fields(json), null);
        Rendered rendered = renderer.render(type, form, valid.plain(), valid.secret())) {
      return json(rendered);
    }
  }

  private static JsonNode json(Rendered rendered) {
    try (SecretValue json = rendered.json()) {
      return JsonMapper.builder().build().readTree(json.revealText());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String relaxed) {
    return JsonMapper.builder().build().valueToTree(fields(relaxed));
  }
}
