package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.type.key.TestKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients read certificates and keys from files: who asks for another form is told. */
class LeftOutTest {

  private final Renderer renderer = new Renderer();
  private final FieldValidator validator = new FieldValidator();

  @Test
  void tellsWhichCertificatesAUrlAndVariablesDoNotCarry() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("host", "db.example.com");
    fields.put("user", "report");
    fields.put("password", "p");
    fields.put("ca_certificate", TestKeys.read("certificate"));
    for (RenderForm form : List.of(RenderForm.URL, RenderForm.JDBC, RenderForm.ENV)) {
      assertThat(leftOut("postgresql", form, fields))
          .as(form.code())
          .containsExactly("ca_certificate");
    }
    for (RenderForm form : List.of(RenderForm.FIELDS, RenderForm.INJECT)) {
      assertThat(leftOut("postgresql", form, fields)).as(form.code()).isEmpty();
    }
    fields.put("client_certificate", TestKeys.read("certificate"));
    fields.put("client_key", TestKeys.read("pkcs8-rsa"));
    assertThat(leftOut("postgresql", RenderForm.URL, fields))
        .containsExactly("ca_certificate", "client_certificate", "client_key");
    fields.remove("ca_certificate");
    fields.remove("client_certificate");
    fields.remove("client_key");
    assertThat(leftOut("postgresql", RenderForm.URL, fields)).isEmpty();
  }

  @Test
  void countsAKeyThatAVariableCarries() {
    Map<String, String> fields =
        Map.of("account", "org-acct", "user", "u", "private_key", TestKeys.read("pkcs8-rsa"));
    assertThat(leftOut("snowflake", RenderForm.ENV, fields)).isEmpty();
    assertThat(leftOut("snowflake", RenderForm.URL, fields)).containsExactly("private_key");
  }

  private List<String> leftOut(String slug, RenderForm form, Map<String, String> texts) {
    CredentialType type = SampleTypes.builtIn(slug);
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    texts.forEach((id, text) -> fields.put(id, TextNode.valueOf(text)));
    try (ValidatedFields valid = validator.validate(type, fields, null);
        Rendered rendered = renderer.render(type, form, valid.plain(), valid.secret())) {
      return rendered.leftOut();
    }
  }
}
