package io.coffer.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Types and fields for tests that must not depend on what the packs say today. */
final class SampleTypes {

  static final CredentialType SERVER =
      of(
          """
          slug: server
          name: Server
          category: machine
          description: A server with a login.
          main: password
          value: [json, field]
          fields:
            - {id: host, label: Host, format: host, destination: true}
            - {id: port, label: Port, kind: integer, minimum: 1, maximum: 65535, default: 22}
            - {id: user, label: User, max_length: 32}
            - {id: password, label: Password, secret: true, ask_at_runtime: true}
            - {id: private_key, label: Private key, kind: text, secret: true}
            - {id: passphrase, label: Passphrase, secret: true}
            - {id: mode, label: Mode, kind: choice, choices: [plain, tls], default: tls}
            - {id: sudo, label: Sudo, kind: boolean}
            - {id: sudo_password, label: Sudo password, secret: true}
            - {id: scopes, label: Scopes, kind: list}
            - {id: extra, label: Extra, kind: map, secret: true}
            - {id: pin, label: Pin, pattern: '[0-9]{4}$'}
          rules:
            structure:
              dependencies: {sudo_password: [sudo]}
              exclusive: [[password, private_key]]
              passphrase: {key: private_key, passphrase: passphrase}
            completeness:
              required: [host, user, port]
              one_of: [[password], [private_key]]
          env: {SERVER_HOST: host, SERVER_PORT: port, SERVER_PASSWORD: password, SERVER_URL: 'ssh://{{ user }}@{{ host }}'}
          header: {name: Authorization, scheme: Basic, user: user, password: password}
          file: {name: id_key, field: private_key}
          injectors:
            env: {S_USER: '{{ user }}', S_FILE: '{{ tower.filename }}', S_SUDO: '{{ sudo }}'}
            file: {template: "host={{ host }}\\n{% if sudo_password %}sudo={{ sudo_password }}{% endif %}"}
            extra_vars: {user: '{{ user | upper }}', nested: {list: ['{{ host }}']}}
          """);

  static final CredentialType CARD =
      of(
          """
          slug: card
          name: Card
          category: login
          description: A payment card.
          main: number
          fields:
            - {id: number, label: Number, secret: true, format: card_number}
            - {id: brand, label: Brand, computed: card_brand}
            - {id: last_four, label: Last four, computed: last_four}
          rules: {completeness: {required: [number]}}
          """);

  static final CredentialType TOKEN =
      of(
          """
          slug: token
          name: Token
          category: tools
          description: A token.
          main: token
          value: field
          fields: [{id: token, label: Token, secret: true}, {id: team, label: Team}]
          header: {name: Authorization, scheme: Bearer, field: token, also: {X-Team: team}, constant: {X-Version: '2'}}
          """);

  private static final List<TypeDefinition> PACKS = TypePacks.load();

  private SampleTypes() {}

  /** A built-in type as its pack has it today. */
  static CredentialType builtIn(String slug) {
    return PACKS.stream()
        .filter(pack -> pack.slug().equals(slug))
        .map(pack -> new CredentialType(new UUID(0, 1), 1, slug, 1, true, null, pack))
        .findFirst()
        .orElseThrow();
  }

  static CredentialType of(String yaml) {
    try {
      TypeDefinition definition =
          TypePacks.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
      return new CredentialType(
          new UUID(0, definition.slug().hashCode()),
          99,
          definition.slug(),
          1,
          true,
          null,
          definition);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fields from relaxed JSON with single quotes. */
  static Map<String, JsonNode> fields(String json) {
    try {
      return JsonMapper.builder()
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build()
          .readValue(json, new TypeReference<LinkedHashMap<String, JsonNode>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
