package io.coffer.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coffer.type.FieldDefinition;
import io.coffer.type.RenderForm;
import io.coffer.type.Renderer;
import io.coffer.type.TypeDefinition;
import io.coffer.type.TypeSample;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What happens to credentials of one type from their making to their purge, right and wrong. */
final class TypeLife {

  private static final String CREDENTIALS = "/api/v1/credentials";
  private static final int TOO_LONG = 70_000;

  private final ObjectMapper mapper = new ObjectMapper();
  private final TypeDefinition pack;
  private final LeakClient client;
  private final PlantedFields plants;

  TypeLife(TypeDefinition pack, LeakClient client, PlantedFields plants) {
    this.pack = pack;
    this.client = client;
    this.plants = plants;
  }

  /** From the making to the purge. */
  void live(TypeSample.Valid sample) {
    String name = "leak " + UUID.randomUUID();
    ObjectNode fields = plants.plant(pack, sample);
    LeakClient.Answer made = client.post(CREDENTIALS, body(name, fields));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(client.post(CREDENTIALS, body(name, fields)).status()).isEqualTo(409);
    String path = CREDENTIALS + '/' + made.id();
    find(name, path);
    use(path);
    validate(path);
    change(path, plants.plant(pack, sample));
    client.post(path + "/copy", Map.of("name", name + " copy"));
    client.post(path + "/set-default", "");
    client.delete(path + "/set-default");
    use(path);
    end(path);
  }

  /** What is refused: secrets of wrong kinds, and secrets beside something wrong. */
  void beRefused(TypeSample.Valid sample) {
    String name = "leak " + UUID.randomUUID();
    ObjectNode fields = plants.plant(pack, sample);
    LeakClient.Answer made = client.post(CREDENTIALS, body(name, fields));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    refused(CREDENTIALS + '/' + made.id(), name, fields);
  }

  private void find(String name, String path) {
    client.get(path);
    client.get(CREDENTIALS + "?type=" + pack.slug() + "&total=true");
    client.get(CREDENTIALS + "?search=" + name.replace(' ', '+'));
    client.get(CREDENTIALS + "/resolve?type=" + pack.slug());
    client.get("/api/v1/credential-types/" + pack.slug());
  }

  private void use(String path) {
    for (RenderForm form : RenderForm.values()) {
      LeakClient.Answer used = client.post(path + "/use", Map.of("as", form.code()));
      if (!Renderer.forms(pack).contains(form)) {
        assertThat(used.status()).isEqualTo(422);
      }
    }
  }

  private void validate(String path) {
    client.post(path + "/validate?wait=1s", "");
    client.get(path + "/validations");
    client.post(path + "/reports", Map.of("note", plants.marker(pack.slug() + " report")));
    client.post(
        "/api/v1/validations/draft",
        Map.of("credential", path.substring(path.lastIndexOf('/') + 1), "fields", Map.of()));
  }

  private void change(String path, ObjectNode fields) {
    LeakClient.Answer changed = client.patch(path, Map.of("fields", fields));
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    client.patch(path, Map.of("description", "changed"));
    client.send(
        "PATCH", path, "{\"fields\":" + fields + "}", "application/json", "If-Match", "\"999\"");
  }

  /** The same fields beside wrong ones, and secrets of wrong kinds, in creates and in changes. */
  private void refused(String path, String name, ObjectNode fields) {
    wrong(path, name, fields.deepCopy().put("no_such_field", true));
    wrong(path, name, fields.deepCopy().set("no_such_field", mapper.createArrayNode()));
    pack.fields().stream()
        .filter(FieldDefinition::secret)
        .forEach(
            field -> {
              String marker = plants.marker(pack.slug() + '.' + field.id() + " refused");
              for (JsonNode value : wrongValues(marker)) {
                client.patch(
                    path, Map.of("fields", mapper.createObjectNode().set(field.id(), value)));
              }
            });
    String whole = plants.marker(pack.slug() + ".value refused");
    for (String value : List.of(whole, "{\"x\":\"" + whole, "x://u:" + whole + "@[h:1/")) {
      client.post(
          CREDENTIALS, Map.of("name", UUID.randomUUID(), "type", pack.slug(), "value", value));
      client.patch(path, Map.of("value", value, "no_such_member", 1));
    }
  }

  private void wrong(String path, String name, JsonNode fields) {
    client.post(CREDENTIALS, body(name, fields));
    client.patch(path, Map.of("fields", fields));
  }

  private List<JsonNode> wrongValues(String marker) {
    return List.of(
        // Right for most fields, but not as a passphrase, and not beside every other field.
        mapper.getNodeFactory().textNode(marker),
        mapper.createArrayNode().add(marker),
        mapper.createObjectNode().put("inner", marker),
        mapper.createObjectNode().set("inner", mapper.createArrayNode().add(marker)),
        mapper.getNodeFactory().textNode(marker.repeat(TOO_LONG / marker.length())),
        mapper.getNodeFactory().textNode("\u0000\ud800" + marker),
        mapper.getNodeFactory().textNode("-----BEGIN PRIVATE KEY-----\n" + marker));
  }

  private void end(String path) {
    client.delete(path);
    client.get(CREDENTIALS + "?deleted=true&type=" + pack.slug());
    client.post(path + "/use", "");
    client.post(path + "/restore", "");
    client.delete(path);
    assertThat(client.delete(path + "?purge=true").status()).isEqualTo(204);
    client.get(path);
  }

  private Map<String, Object> body(String name, JsonNode fields) {
    return Map.of("name", name, "type", pack.slug(), "fields", fields);
  }
}
