package io.coffer.bench;

import io.coffer.testing.PackagedServices;
import io.coffer.testing.TestIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the database does for a page of a list, as it explains the very statements that the
 * application sends, with more and more credentials: {@code EXPLAIN (ANALYZE, BUFFERS)} by way of
 * its module auto_explain.
 */
final class ListPlans {

  private static final int TENANTS = 50;
  private static final int FIRST = 1_000;
  private static final int[] SIZES = {10_000, 100_000, 1_000_000};
  private static final int REQUESTS = 12;
  private static final String LOG = "plans.log";
  private static final Pattern ENTRY =
      Pattern.compile("duration: ([0-9.]+) ms +plan:(.*?)(?=\\n\\d{4}-|\\z)", Pattern.DOTALL);
  private static final Pattern BUFFERS =
      Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

  private static final List<String> LISTS =
      List.of(
          "page_size=50",
          "page_size=50&category=llm",
          "page_size=50&type=openai",
          "page_size=50&category=speech",
          "page_size=50&order_by=created_at",
          "page_size=50&order_by=name",
          "page_size=50&order_by=-updated_at");

  private final Database database;
  private final StringBuilder text = new StringBuilder();

  private ListPlans(PackagedServices services) {
    this.database = new Database(services);
  }

  public static void main(String[] arguments) throws IOException {
    try (PackagedServices services = PackagedServices.start();
        TestIssuer issuer = TestIssuer.start()) {
      System.out.print(new ListPlans(services).run(services, issuer));
    }
    System.exit(0);
  }

  private String run(PackagedServices services, TestIssuer issuer) {
    database.execute(
        "alter system set logging_collector = on",
        "alter system set log_filename = '" + LOG + "'",
        "alter system set session_preload_libraries = 'auto_explain'",
        "alter system set auto_explain.log_min_duration = 0",
        "alter system set auto_explain.log_analyze = on",
        "alter system set auto_explain.log_buffers = on",
        "alter system set auto_explain.log_timing = off");
    services.stopDatabase();
    services.startDatabase();
    Tenants tenants = new Tenants(issuer, TENANTS);
    Map<String, String> environment = new HashMap<>(services.environment());
    environment.putAll(Bench.identity(issuer));
    try (Application application = Application.start(List.of("-Xmx1g"), environment)) {
      String url =
          "jdbc:postgresql://localhost:" + services.database().getPort() + "/postgres";
      Filling filling = new Filling(application.address(), url);
      filling.fill(tenants, FIRST);
      text.append("| credentials | list | pages of the database | ms |\n");
      text.append("| ---: | --- | ---: | ---: |\n");
      int credentials = FIRST;
      for (int size : SIZES) {
        grow(credentials, size);
        filling.settle();
        credentials = size;
        for (String list : LISTS) {
          explain(application, tenants, size, list);
        }
      }
    }
    return text.toString();
  }

  /** By copies of what is there; their values open nowhere, which no list looks at. */
  private void grow(int from, int to) {
    String kept =
        database.text(
            "select string_agg(column_name, ', ') from information_schema.columns"
                + " where table_name = 'credential'"
                + " and column_name not in ('id', 'number', 'name', 'name_key', 'is_default')");
    database.execute(
        "insert into credential (id, name, name_key, is_default, %s) select gen_random_uuid(),"
                .formatted(kept)
            + " name || '-%1$d-' || g, name_key || '-%1$d-' || g, false, %2$s"
                .formatted(to, kept)
            + " from credential, generate_series(1, %d) g".formatted(to / from - 1));
  }

  private void explain(Application application, Tenants tenants, int size, String list) {
    long before = length();
    HttpLoad.Outcome outcome =
        HttpLoad.times(
            application.address(),
            1,
            REQUESTS,
            () -> Wire.get("/api/v1/credentials?" + list, tenants.any().token()));
    if (outcome.failures() > 0) {
      throw new IllegalStateException("refused: " + list);
    }
    String plans = logged(before);
    Matcher entry = ENTRY.matcher(plans);
    String last = "";
    double millis = 0;
    while (entry.find()) {
      if (entry.group(2).contains("from credential c")) {
        last = entry.group(2);
        millis = Double.parseDouble(entry.group(1));
      }
    }
    System.err.println(size + " " + list + last);
    text.append(
        String.format(
            Locale.ROOT, "| %d | `%s` | %d | %.2f |%n", size, list, pages(last), millis));
  }

  /** Of the plan's root: those of all below it are in it. */
  private static long pages(String plan) {
    Matcher buffers = BUFFERS.matcher(plan);
    long pages = 0;
    if (buffers.find()) {
      pages += buffers.group(1) == null ? 0 : Long.parseLong(buffers.group(1));
      pages += buffers.group(2) == null ? 0 : Long.parseLong(buffers.group(2));
    }
    return pages;
  }

  private Path log() {
    return Path.of(database.text("show data_directory"), "log", LOG);
  }

  private long length() {
    try {
      return Files.readString(log()).length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String logged(long from) {
    try {
      return Files.readString(log()).substring((int) from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
