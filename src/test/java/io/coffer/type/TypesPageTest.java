package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/types.md} is what the packs say. With {@code -Dcoffer.docs.write=true}
 * the test writes it anew.
 */
class TypesPageTest {

  private static final Path PAGE = Path.of("docs/types.md");
  private static final String BEGIN = "<!-- types: begin -->\n";
  private static final String END = "<!-- types: end -->\n";

  @Test
  void tableOfTypesIsComplete() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table(TypePacks.load())
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("coffer.docs.write")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(wanted);
  }

  private static String table(List<TypeDefinition> packs) {
    return packs.stream()
        .collect(Collectors.groupingBy(TypeDefinition::category))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(category -> category.getValue().stream())
        .map(TypesPageTest::row)
        .collect(
            Collectors.joining(
                "",
                """
                | category | type | name | one string | DataRobot | PromptRails | Skyvern | AWX |
                | --- | --- | --- | --- | --- | --- | --- | --- |
                """,
                ""));
  }

  private static String row(TypeDefinition pack) {
    String slug = "`" + pack.slug() + "`" + prefixed(" or ", codes(pack.aliases().get("native")));
    String forms = pack.value().stream().map(ValueForm::code).collect(Collectors.joining(", "));
    String awx =
        Optional.ofNullable(pack.awx())
            .map(type -> type.number() + " `" + type.namespace() + "`")
            .orElse("");
    return String.join(
            " | ",
            "| " + pack.category().code(),
            slug,
            pack.name(),
            forms,
            codes(pack.aliases().get("datarobot")),
            codes(pack.aliases().get("promptrails")),
            codes(pack.aliases().get("skyvern")),
            awx + " |")
        + "\n";
  }

  private static String prefixed(String prefix, String text) {
    return text.isEmpty() ? "" : prefix + text;
  }

  private static String codes(@Nullable List<String> names) {
    return names == null
        ? ""
        : names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }
}
