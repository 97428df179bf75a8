package io.coffer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.Browser;
import io.coffer.testing.Browser.Page;
import io.coffer.testing.Keycloak;
import io.coffer.testing.PackagedCoffer;
import io.coffer.testing.PackagedServices;
import io.coffer.testing.TestIssuer;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People, front ends and services identify themselves to the packaged application. */
class LogInIT {

  private static final String FRONT_END = "https://app.example.org";
  private static final String COOKIE_SECRET = "a secret of the tests, for cookies only";
  private static final Pattern FORM_ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final Pattern CSRF = Pattern.compile("name=\"csrf_token\" value=\"([^\"]+)\"");

  private static PackagedServices services;
  private static PackagedCoffer coffer;
  private static Keycloak keycloak;
  private static TestIssuer cluster;

  private Browser browser;

  @BeforeAll
  static void start() {
    keycloak = Keycloak.shared();
    services = PackagedServices.start();
    Map<String, String> settings = new HashMap<>(services.environment());
    settings.put("COFFER_IDENTITY_ISSUERS_DEFAULT_URL", keycloak.issuer());
    settings.put("COFFER_IDENTITY_ISSUERS_DEFAULT_AUDIENCE", "coffer");
    settings.put("COFFER_IDENTITY_ISSUERS_DEFAULT_ROLES_CLAIMS", "realm_access/roles");
    // As a Kubernetes cluster: its tokens name neither type nor organization, and give no role.
    cluster = TestIssuer.start();
    settings.put("COFFER_IDENTITY_ISSUERS_CLUSTER_URL", cluster.url());
    settings.put("COFFER_IDENTITY_ISSUERS_CLUSTER_AUDIENCE", "coffer");
    settings.put("COFFER_IDENTITY_ISSUERS_CLUSTER_TYPES", "none,JWT");
    settings.put("COFFER_IDENTITY_ISSUERS_CLUSTER_ORGANIZATION", "acme");
    settings.put("COFFER_IDENTITY_CLOCK_SKEW", "0s");
    settings.put("COFFER_LOGIN_ENABLED", "true");
    // The port is not known before the start.
    settings.put("COFFER_ALLOW_REQUEST_HOST", "true");
    settings.put("COFFER_LOGIN_CLIENT_ID", Keycloak.WEB_CLIENT);
    settings.put("COFFER_LOGIN_CLIENT_SECRET", Keycloak.WEB_SECRET);
    settings.put("COFFER_LOGIN_COOKIE_SECRET", COOKIE_SECRET);
    settings.put("QUARKUS_HTTP_CORS_ORIGINS", FRONT_END);
    coffer = PackagedCoffer.start(settings);
  }

  @AfterAll
  static void stop() {
    if (coffer != null) {
      coffer.close();
    }
    if (services != null) {
      services.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void openBrowser() {
    browser = new Browser();
  }

  @AfterEach
  void closeBrowser() {
    browser.close();
  }

  @Test
  void logsAPersonInByAuthorizationCode() {
    assertThat(browser.open(at("/")).body()).contains("href=\"/login\"");

    Page redirect = browser.get(at("/login"));
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.location().getQuery())
        .contains("response_type=code", "code_challenge_method=S256", "nonce=", "state=");

    Page page = logIn("alice");
    assertThat(page.address()).isEqualTo(at("/"));
    assertThat(page.body())
        .contains("logged in as alice", "<code>acme</code>", "<code>admin</code>");
    assertThat(browser.get(at("/api/v1/me")).body()).contains("\"user_name\":\"alice\"");
  }

  @Test
  void keepsTheTokensInACookieThatOnlyItCanRead() {
    Page form = browser.open(at("/login"));
    Page back = browser.submit(action(form), credentials("alice"));
    Page loggedIn = browser.get(back.location());
    assertThat(loggedIn.headers().get("set-cookie"))
        .filteredOn(cookie -> cookie.startsWith("q_session"))
        .isNotEmpty()
        .allSatisfy(
            cookie ->
                assertThat(cookie.toLowerCase(Locale.ROOT))
                    .contains("httponly", "secure", "samesite=lax", "path=/"));
    assertThat(browser.cookies(coffer.url().getHost()).values())
        .allSatisfy(cookie -> assertThat(decoded(cookie.getValue())).doesNotContain("alice"));
  }

  @Test
  void refusesAChangeThatNoPageOfItsOwnMade() {
    assertThat(logIn("alice").status()).isEqualTo(200);
    URI missing = at("/api/v1/credentials/" + UUID.randomUUID());

    Page forged = browser.send(missing, "DELETE", BodyPublishers.noBody());
    assertThat(forged.status()).isEqualTo(403);
    assertThat(forged.body()).contains("urn:coffer:problem:csrf-token-required");

    Page guessed =
        browser.send(missing, "DELETE", BodyPublishers.noBody(), "X-CSRF-Token", "AAAA.BBBB");
    assertThat(guessed.status()).isEqualTo(403);

    String token = JsonPath.from(browser.get(at("/api/v1/me")).body()).getString("csrf_token");
    Page own = browser.send(missing, "DELETE", BodyPublishers.noBody(), "X-CSRF-Token", token);
    assertThat(own.status()).isEqualTo(404);
  }

  @Test
  void refusesAnotherPersonsCsrfToken() {
    String tokenOfAlice = csrf(logIn("alice"));
    try (Browser other = new Browser()) {
      Page form = other.open(at("/login"));
      Page page = other.follow(other.submit(action(form), credentials("bob")));
      assertThat(page.body()).contains("logged in as bob");
      assertThat(other.submit(at("/logout"), Map.of("csrf_token", tokenOfAlice)).status())
          .isEqualTo(403);
    }
  }

  @Test
  void logsOutHereAndAtTheProvider() {
    Page page = logIn("bob");
    assertThat(browser.submit(at("/logout"), Map.of("csrf_token", "wrong")).status())
        .isEqualTo(403);

    Page redirect = browser.submit(at("/logout"), Map.of("csrf_token", csrf(page)));
    assertThat(redirect.status()).isEqualTo(303);
    assertThat(redirect.location().toString()).startsWith(keycloak.issuer());
    Page after = browser.follow(redirect);
    assertThat(after.address()).isEqualTo(at("/"));
    assertThat(after.body()).doesNotContain("logged in");

    assertThat(browser.get(at("/api/v1/me")).status()).isEqualTo(401);
    assertThat(browser.open(at("/login")).body()).contains("name=\"password\"");
  }

  @Test
  void servesAFrontEndOfAnAllowedOrigin() {
    Page preflight =
        browser.send(
            at("/api/v1/me"),
            "OPTIONS",
            BodyPublishers.noBody(),
            "Origin",
            FRONT_END,
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "authorization,x-coffer-organization");
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(FRONT_END);

    String token = keycloak.logIn("bob").getString("access_token");
    Page me = bearer(token, "Origin", FRONT_END);
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.header("Access-Control-Allow-Origin")).isEqualTo(FRONT_END);
    assertThat(me.body()).contains("\"roles\":[\"use\"]");
  }

  @Test
  void turnsAFrontEndOfAnotherOriginAway() {
    String token = keycloak.logIn("bob").getString("access_token");
    Page page = bearer(token, "Origin", "https://evil.example.org");
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void knowsAServiceByItsClientCredentials() {
    Page me = bearer(keycloak.serviceToken("etl", "service-secret-for-tests-only-0123456789"));
    assertThat(me.status()).isEqualTo(200);
    JsonPath body = JsonPath.from(me.body());
    assertThat(body.getString("kind")).isEqualTo("workload");
    assertThat(body.getList("roles")).containsExactly("use", "creator");
  }

  @Test
  void knowsAPodByItsClustersIssuerWhichMayGiveItNoRole() {
    String token =
        cluster
            .tokensOf("system:serviceaccount:data:etl")
            .organization("globex")
            .roles("admin", "system_admin")
            .sign();
    Page me = bearer(token);
    assertThat(me.status()).isEqualTo(200);
    JsonPath body = JsonPath.from(me.body());
    assertThat(body.getString("kind")).isEqualTo("workload");
    assertThat(body.getString("organization.slug")).isEqualTo("acme");
    assertThat(body.getList("roles")).isEmpty();
  }

  @Test
  void refusesATokenForAnotherService() {
    Page me =
        bearer(keycloak.serviceToken("elsewhere", "elsewhere-secret-for-tests-only-0123456789"));
    assertThat(me.status()).isEqualTo(401);
    assertThat(me.body()).contains("not made for this service");
  }

  @Test
  void refusesAnIdToken() {
    Page me = bearer(keycloak.logIn("alice").getString("id_token"));
    assertThat(me.status()).isEqualTo(401);
    assertThat(me.body()).contains("not an access token");
  }

  @Test
  void refusesAnExpiredToken() {
    String token = keycloak.serviceToken("short-lived", "short-secret-for-tests-only-0123456789");
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    Page me = bearer(token);
    while (!me.body().contains("expired") && System.nanoTime() < deadline) {
      me = bearer(token);
    }
    assertThat(me.status()).isEqualTo(401);
    assertThat(me.body()).contains("The token has expired.");
  }

  @Test
  void refusesAnotherIssuersToken() {
    try (TestIssuer other = TestIssuer.start()) {
      Page me = bearer(other.tokensOf("alice").organization("acme").roles("admin").sign());
      assertThat(me.status()).isEqualTo(401);
      assertThat(me.body()).contains("issuer is not accepted");
    }
  }

  private Page logIn(String user) {
    Page form = browser.open(at("/login"));
    return browser.follow(browser.submit(action(form), credentials(user)));
  }

  private static Map<String, String> credentials(String user) {
    return Map.of("username", user, "password", user + Keycloak.PASSWORD_SUFFIX);
  }

  private static URI action(Page form) {
    Matcher matcher = FORM_ACTION.matcher(form.body());
    assertThat(matcher.find()).as("a log-in form at %s", form.address()).isTrue();
    return URI.create(matcher.group(1).replace("&amp;", "&"));
  }

  private static String csrf(Page page) {
    Matcher matcher = CSRF.matcher(page.body());
    assertThat(matcher.find()).as("a CSRF token at %s", page.address()).isTrue();
    return matcher.group(1);
  }

  private Page bearer(String token, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Authorization";
    headers[1] = "Bearer " + token;
    System.arraycopy(more, 0, headers, 2, more.length);
    return browser.get(at("/api/v1/me"), headers);
  }

  /** All that anybody can read out of a token or cookie without a key. */
  private static String decoded(String value) {
    StringBuilder readable = new StringBuilder(value);
    for (String part : value.split("[.|]")) {
      try {
        byte[] bytes = Base64.getUrlDecoder().decode(part);
        readable.append(' ').append(new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException notBase64) {
        readable.append(" -");
      }
    }
    return readable.toString();
  }

  private static URI at(String path) {
    return coffer.url().resolve(path);
  }
}
