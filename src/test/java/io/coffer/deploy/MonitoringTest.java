package io.coffer.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts name only metrics that the running application has. */
@QuarkusTest
class MonitoringTest {

  private static final Path FILES = Chart.FOLDER.resolve("files");
  private static final Pattern METRIC =
      Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)(?=\\{|\\[|\\)| |$)");

  @Test
  void everyMetricOfDashboardAndAlertsExistsFromTheFirstRequestOn() throws IOException {
    given().get("/").then().statusCode(200);
    assertThat(scraped()).containsAll(named());
  }

  private static Set<String> scraped() {
    return given()
        .accept("text/plain")
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theOperatorsPageTellsWhatToDoAtEachAlertAndNamesMetricsThatExist() throws IOException {
    String page = Files.readString(Path.of("docs", "operations.md"));
    Set<String> alerts = new TreeSet<>();
    for (JsonNode name :
        Manifests.parse(Files.readString(FILES.resolve("alerts.yaml")))
            .objects()
            .getFirst()
            .findValues("alert")) {
      alerts.add("### " + name.asText());
    }
    assertThat(alerts).isNotEmpty();
    assertThat(page.lines()).containsAll(alerts);

    given().get("/").then().statusCode(200);
    Set<String> told = new TreeSet<>();
    page.lines()
        .filter(line -> line.startsWith("| `coffer_") || line.startsWith("| `sql_"))
        .forEach(line -> addNames(line.replace('`', ' '), told));
    assertThat(told).hasSizeGreaterThan(10);
    assertThat(scraped()).containsAll(told);
  }

  @Test
  void theQueriesNameMetricsAtAll() throws IOException {
    assertThat(named()).hasSizeGreaterThan(10).contains("coffer_kms_up");
  }

  private static Set<String> named() throws IOException {
    Set<String> names = new TreeSet<>();
    for (JsonNode rule :
        Manifests.parse(Files.readString(FILES.resolve("alerts.yaml")))
            .objects()
            .getFirst()
            .findValues("expr")) {
      addNames(rule.asText(), names);
    }
    JsonNode dashboard = new ObjectMapper().readTree(FILES.resolve("dashboard.json").toFile());
    dashboard.findValues("expr").forEach(query -> addNames(query.asText(), names));
    addNames(
        dashboard
            .at("/templating/list/1/query")
            .asText()
            .replaceAll("^label_values\\(", "")
            .replaceAll(",", " "),
        names);
    return names;
  }

  /** What stands in braces or after a grouping keyword are labels, not metrics. */
  private static void addNames(String query, Set<String> names) {
    String bare =
        query
            .replaceAll("\\{[^}]*}", "{")
            .replaceAll("\\b(by|without|on|ignoring) *\\([^)]*\\)", " ")
            .replaceAll("histogram_quantile", " ");
    Matcher matcher = METRIC.matcher(bare);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
  }
}
