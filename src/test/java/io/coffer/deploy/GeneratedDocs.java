package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Parts of documents that are made from the code: between two marks. Run the tests with {@code
 * -Dcoffer.docs=write} to write them anew.
 */
final class GeneratedDocs {

  private GeneratedDocs() {}

  static void assertUpToDate(Path document, String part, String content) throws IOException {
    String begin = "<!-- " + part + ": begin -->\n";
    String end = "<!-- " + part + ": end -->";
    String text = Files.readString(document);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end, from);
    assertThat(to).as("the marks of %s in %s", part, document).isGreaterThanOrEqualTo(from);
    if ("write".equals(System.getProperty("coffer.docs"))) {
      Files.writeString(document, text.substring(0, from) + content + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("%s is not up to date; run the test with -Dcoffer.docs=write", document)
        .isEqualTo(content);
  }
}
