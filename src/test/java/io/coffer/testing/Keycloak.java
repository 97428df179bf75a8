package io.coffer.testing;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Keycloak with the realm {@code coffer}, one for all tests of a JVM. The build unpacks it;
 * it forgets all data at each start.
 */
public final class Keycloak {

  /** The password of each user is this, after the user's name. */
  public static final String PASSWORD_SUFFIX = "-password";

  public static final String WEB_CLIENT = "coffer-web";
  public static final String WEB_SECRET = "web-secret-for-tests-only-0123456789";

  private static final Path UNPACKED = Path.of("target", "keycloak");
  private static final Path REALM = Path.of("src/test/resources/keycloak/coffer-realm.json");
  private static final Pattern LISTENING = Pattern.compile("Listening on: http");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static @Nullable Keycloak shared;

  private final int port;

  private Keycloak(int port) {
    this.port = port;
  }

  /** The running server; starts it if need be. It ends with the JVM. */
  public static synchronized Keycloak shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  /** The issuer's address. Its host name differs from the application's, as cookies need it. */
  public String issuer() {
    return "http://localhost:" + port + "/realms/coffer";
  }

  /** What the token endpoint answers to a user's name and password. */
  public JsonPath logIn(String user) {
    return token(
        Map.of(
            "grant_type", "password",
            "scope", "openid",
            "client_id", "front-end",
            "username", user,
            "password", user + PASSWORD_SUFFIX));
  }

  /** The access token of a service. */
  public String serviceToken(String client, String secret) {
    return token(
            Map.of(
                "grant_type", "client_credentials",
                "client_id", client,
                "client_secret", secret))
        .getString("access_token");
  }

  private JsonPath token(Map<String, String> form) {
    RequestSpecification request = RestAssured.given().baseUri(issuer()).basePath("");
    return request
        .formParams(form)
        .post(issuer() + "/protocol/openid-connect/token")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static Keycloak start() {
    try {
      Path home = home();
      forget(home.resolve("data"));
      Path imports = Files.createDirectories(home.resolve("data").resolve("import"));
      Files.copy(REALM, imports.resolve("coffer.json"), StandardCopyOption.REPLACE_EXISTING);
      int port = freePort();
      ProcessBuilder builder = new ProcessBuilder(command(home, port));
      builder.environment().keySet().removeIf(name -> name.matches("(KC|QUARKUS|JAVA_OPTS).*"));
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
      // Its script has chosen another collector by then.
      builder
          .environment()
          .put("JAVA_OPTS_APPEND", "-XX:-UseG1GC " + String.join(" ", ShortLived.JAVA_OPTIONS));
      builder.redirectErrorStream(true);
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> destroy(process)));
      var unused = ProcessLog.of(process).await(LISTENING, PATIENCE);
      return new Keycloak(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path home, int port) {
    return List.of(
        // The unpacked script is not executable.
        "/bin/sh",
        home.resolve("bin").resolve("kc.sh").toAbsolutePath().toString(),
        "start-dev",
        "--http-host=127.0.0.1",
        "--http-port=" + port,
        "--import-realm",
        "--cache=local");
  }

  /** The script may have started a JVM beneath itself. */
  private static void destroy(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Path home() throws IOException {
    try (Stream<Path> found = Files.list(UNPACKED)) {
      return found
          .filter(path -> path.getFileName().toString().startsWith("keycloak-"))
          .findFirst()
          .orElseThrow(() -> new IOException("the build has not unpacked Keycloak"));
    }
  }

  private static void forget(Path data) throws IOException {
    if (!Files.exists(data)) {
      return;
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
