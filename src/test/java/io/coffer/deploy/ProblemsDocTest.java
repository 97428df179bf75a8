package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.web.ProblemType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class ProblemsDocTest {

  private static final Path DOCUMENT = Path.of("docs", "problems.md");

  @Test
  void theTableListsEveryProblemType() throws IOException {
    StringBuilder table = new StringBuilder("| type | status | title |\n| --- | --- | --- |\n");
    Arrays.stream(ProblemType.values())
        .sorted(Comparator.comparingInt(ProblemType::status).thenComparing(ProblemType::slug))
        .forEach(
            type ->
                table.append(
                    "| `%s` | %d | %s |\n".formatted(type.uri(), type.status(), type.title())));

    GeneratedDocs.assertUpToDate(DOCUMENT, "problems", table.toString());
  }

  @Test
  void everyProblemTypeHasAnExplanation() throws IOException {
    String text = Files.readString(DOCUMENT);

    for (ProblemType type : ProblemType.values()) {
      assertThat(text).as("docs/problems.md").contains("\n### " + type.slug() + "\n");
    }
  }
}
