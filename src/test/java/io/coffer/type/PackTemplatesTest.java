package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The templates of the packs render, whichever of a type's fields are set. */
class PackTemplatesTest {

  private static final Map<String, TypeDefinition> PACKS =
      TypePacks.load().stream()
          .collect(Collectors.toMap(TypeDefinition::slug, Function.identity()));

  @TestFactory
  Stream<DynamicTest> renderWithEverySample() {
    return PACKS.values().stream()
        .filter(pack -> !templates(pack).isEmpty())
        .flatMap(
            pack ->
                TypeSample.of(pack.slug()).valid().stream()
                    .map(
                        valid ->
                            DynamicTest.dynamicTest(
                                pack.slug() + ' ' + valid.fields().keySet(),
                                () ->
                                    templates(pack)
                                        .forEach(
                                            text ->
                                                assertThat(render(pack, text, valid))
                                                    .doesNotContain("{{", "{%")))));
  }

  @Test
  void awsCredentialsFileHoldsATokenOnlyIfThereIsOne() {
    assertThat(file("aws", 0))
        .isEqualTo(
            """
            [default]
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
            """);
    assertThat(file("aws", 1).lines()).hasSize(4).last().asString().startsWith("aws_session_token");
  }

  @Test
  void sqlServerIsNamedWithItsPortAsItsToolsDo() {
    TypeDefinition pack = pack("mssql");
    String template = Optional.ofNullable(pack.env().get("SQLCMDSERVER")).orElseThrow();
    List<TypeSample.Valid> valid = TypeSample.of("mssql").valid();
    assertThat(render(pack, template, valid.getFirst())).isEqualTo("db.example.com,1433");
    assertThat(render(pack, template, valid.getLast())).isEqualTo("example.database.windows.net");
  }

  @Test
  void awsCredentialsFileTakesOnTheRoleWithTheKey() {
    assertThat(file("aws", 3))
        .isEqualTo(
            """
            [default]
            source_profile = key
            role_arn = arn:aws:iam::123456789012:role/reports/Reader
            external_id = tenant-42
            role_session_name = reports

            [key]
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
            """);
  }

  @Test
  void mysqlToolsGetTheTlsModeInTheirOwnWords() {
    TypeDefinition pack = pack("mysql");
    String template = Optional.ofNullable(pack.env().get("MYSQL_SSL_MODE")).orElseThrow();
    List<TypeSample.Valid> valid = TypeSample.of("mysql").valid();
    assertThat(valid.stream().map(sample -> render(pack, template, sample)))
        .containsExactly("VERIFY_CA", "DISABLED", "VERIFY_IDENTITY");
  }

  private static String file(String slug, int sample) {
    FileRule file = Optional.ofNullable(pack(slug).file()).orElseThrow();
    String template = Optional.ofNullable(file.template()).orElseThrow();
    return render(pack(slug), template, TypeSample.of(slug).valid().get(sample));
  }

  private static TypeDefinition pack(String slug) {
    return Optional.ofNullable(PACKS.get(slug)).orElseThrow();
  }

  private static List<String> templates(TypeDefinition pack) {
    List<String> templates = new ArrayList<>();
    pack.env().values().stream().filter(value -> value.contains("{{")).forEach(templates::add);
    Optional.ofNullable(pack.file()).map(FileRule::template).ifPresent(templates::add);
    Optional.ofNullable(pack.injectors())
        .ifPresent(
            injectors -> {
              templates.addAll(injectors.env().values());
              templates.addAll(injectors.file().values());
              injectors.extraVars().values().forEach(value -> templates.add(value.toString()));
            });
    return templates;
  }

  private static String render(TypeDefinition pack, String template, TypeSample.Valid valid) {
    Map<String, @Nullable Object> values = new HashMap<>();
    boolean several =
        Optional.ofNullable(pack.injectors())
            .filter(injectors -> !injectors.file().containsKey("template"))
            .isPresent();
    Map<String, String> names = Map.of("ca", "/run/ca", "cert", "/run/cert", "key", "/run/key");
    values.put("tower", Map.of("filename", several ? names : "/run/credential"));
    for (FieldDefinition field : pack.fields()) {
      JsonNode value = valid.fields().get(field.id());
      values.put(field.id(), value == null ? null : value.asText());
    }
    return Templates.render(pack.slug(), template, values);
  }
}
