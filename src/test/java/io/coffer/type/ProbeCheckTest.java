package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A declaration that would put a secret where it does not belong is no type at all. */
class ProbeCheckTest {

  private static final String TYPE =
      """
      slug: x
      name: X
      category: tools
      description: A type.
      main: key
      value: field
      fields:
        - {id: key, label: Key, secret: true}
        - {id: url, label: URL}
      probe: {http: %s}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          {calls: {get: '/x?key={key}', at: '{url}', answers: {status: 200, then: valid}}} => probe: the secret field key stands in an address
          {calls: {get: /x, at: 'https://{key}.example.com', answers: {status: 200, then: valid}}} => probe: the secret field key stands in an address
          {calls: {get: 'https://example.com/{other}', answers: {status: 200, then: valid}}} => probe names other, which the type does not have
          {calls: {get: 'http://example.com/', answers: {status: 200, then: valid}}} => probe: an address begins with https:// or is a field's
          {calls: {get: /x, at: '{url}', auth: {kind: header}, answers: {status: 200, then: valid}}} => probe: the type has no header to sign with
          {calls: {get: /x, at: '{url}', answers: {status: 200, then: next}}} => probe: no call follows the last one
          {control: url, calls: {get: /x, at: '{url}', answers: {status: 200, then: valid}}} => probe: only a secret field has a control, and url is none
          {like: nothing_shared} => probe: nothing shared is called nothing_shared
          {calls: {get: /x, at: '{url}', headers: {A: '{key'}, answers: {status: 200, then: valid}}} => probe: a brace stands alone
          {calls: {get: /x, at: '{url}', headers: {A: '{key|shout}'}, answers: {status: 200, then: valid}}} => probe: no filter is called shout
          """)
  void refuses(String http, String problem) throws IOException {
    assertThat(DefinitionCheck.problems(read(http))).containsExactly(problem);
  }

  @org.junit.jupiter.api.Test
  void refusesAnAddressOutOfAnAnswerThatNothingBounds() throws IOException {
    String calls =
        """
        {calls: [{get: /x, at: '{url}', take: {realm: /realm}, answers: {status: 401, then: next}}, %s]}
        """;
    assertThat(
            DefinitionCheck.problems(
                read(calls.formatted("{get: '{realm}', answers: {status: 200, then: valid}}"))))
        .containsExactly("probe: nothing bounds the address that comes out of an answer");
    assertThat(
            DefinitionCheck.problems(
                read(
                    calls.formatted(
                        "{get: '{realm}', within: ['{url}'], answers: {status: 200, then: valid}}"))))
        .isEmpty();
  }

  private static TypeDefinition read(String http) throws IOException {
    return TypePacks.read(
        new ByteArrayInputStream(TYPE.formatted(http.strip()).getBytes(StandardCharsets.UTF_8)));
  }
}
