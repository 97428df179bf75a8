package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The types that AWX clients know look to them as they always did: a file states each, and the
 * packs must say the same.
 */
class AwxTypesTest {

  private static final Path FILE = Path.of("src/test/resources/awx/managed-types.txt");

  @Test
  void managedTypesAreAsAwxHasThem() throws IOException {
    List<String> lines = new ArrayList<>();
    TypePacks.load().stream()
        .filter(pack -> pack.awx() != null)
        .sorted(Comparator.comparing(pack -> awx(pack).number()))
        .forEach(pack -> write(pack, lines));
    assertThat(String.join("\n", lines) + "\n").isEqualTo(Files.readString(FILE));
  }

  private static void write(TypeDefinition pack, List<String> lines) {
    AwxType awx = awx(pack);
    lines.add(awx.number() + " " + awx.name());
    lines.add("  namespace " + awx.namespace() + ", kind " + awx.kind());
    Optional.ofNullable(awx.required()).ifPresent(ids -> lines.add("  required " + ids));
    pack.rules()
        .structure()
        .dependencies()
        .forEach(
            (id, needed) -> {
              // Those between fields of which that API knows nothing do not show there.
              if (pack.field(id).stream().flatMap(AwxTypesTest::line).findAny().isPresent()) {
                lines.add("  dependency " + id + " " + needed);
              }
            });
    pack.fields().stream().flatMap(AwxTypesTest::line).map("  field "::concat).forEach(lines::add);
    pack.metadata().stream()
        .flatMap(AwxTypesTest::line)
        .map("  metadata "::concat)
        .forEach(lines::add);
    Optional.ofNullable(pack.injectors()).ifPresent(injectors -> write(injectors, lines));
  }

  private static void write(Injectors injectors, List<String> lines) {
    injectors.env().forEach((name, value) -> lines.add("  env " + name + " " + value));
    injectors.extraVars().forEach((name, value) -> lines.add("  extra_var " + name + " " + value));
    injectors
        .file()
        .forEach((name, value) -> lines.add("  file " + name + " " + value.replace("\n", "\\n")));
  }

  private static Stream<String> line(FieldDefinition field) {
    Optional<FieldDefinition.AwxField> awx = Optional.ofNullable(field.awx());
    if (awx.map(FieldDefinition.AwxField::hidden).orElse(false)) {
      return Stream.empty();
    }
    List<String> words = new ArrayList<>(List.of(field.namesIn("awx").getFirst()));
    words.add('"' + awx.map(FieldDefinition.AwxField::label).orElse(field.label()) + '"');
    words.add(
        awx.map(FieldDefinition.AwxField::type)
            .orElse(field.kind() == FieldKind.BOOLEAN ? "boolean" : "string"));
    if (field.secret()) {
      words.add("secret");
    }
    awx.map(FieldDefinition.AwxField::secret).ifPresent(set -> words.add("secret=" + set));
    if (field.kind() == FieldKind.TEXT) {
      words.add("multiline");
    }
    awx.map(FieldDefinition.AwxField::multiline).ifPresent(set -> words.add("multiline=" + set));
    if (field.askAtRuntime()) {
      words.add("ask");
    }
    Optional.ofNullable(field.format()).ifPresent(format -> words.add("format=" + format));
    if (!field.choices().isEmpty()) {
      words.add("choices=" + field.choices());
    }
    Optional.ofNullable(field.defaultValue()).ifPresent(value -> words.add("default=" + value));
    return Stream.of(String.join(" ", words));
  }

  private static AwxType awx(TypeDefinition pack) {
    return Optional.ofNullable(pack.awx()).orElseThrow();
  }
}
