package io.coffer.type.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretValue;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConnectionPropertiesTest {

  // RFC 3986, appendix B, and its section 3.2 for the authority.
  private static final Pattern URL =
      Pattern.compile("^([^:/?#]+):(//([^/?#]*))?([^?#]*)(\\?[^#]*)?(#.*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:[^@]*@)?(\\[[^\\]]*\\]|[^:]*)(?::[0-9]*)?");

  private static final Set<Dialect> DRIVERS_THAT_DECODE =
      Set.of(Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.REDSHIFT, Dialect.CLICKHOUSE);

  private static final List<String> PIECES =
      List.of(
          "jdbc:",
          "postgresql:",
          "postgres:",
          "mysql:",
          "sqlserver:",
          "oracle:thin:@",
          "snowflake:",
          "bigquery:",
          "databricks:",
          "clickhouse:",
          "//",
          "/",
          "?",
          "&",
          "=",
          ";",
          "@",
          ":",
          ",",
          "[",
          "]",
          "(",
          ")",
          "%",
          "%2f",
          "%40",
          "%00",
          "%ff",
          "#",
          "\\",
          " ",
          "\t",
          "\u200b",
          "é",
          "h.example",
          "127.0.0.1",
          "127.1",
          "0x7f.1",
          "::1",
          "a.snowflakecomputing.com",
          "w.azuredatabricks.net",
          "my-project-1",
          "user",
          "p",
          "d",
          "1433",
          "0",
          "99999",
          "sslmode=require",
          "SSLMODE=disable",
          "encrypt=true",
          "databaseName=d",
          "+",
          "-",
          ".",
          "_");

  @Property(tries = 500)
  void readsBackWhatItWrites(@ForAll("connections") ConnectionParts parts) {
    RoundTrip.assertReadsBack(parts);
  }

  @Property(tries = 300)
  void theDriverGetsUserAndPasswordUnchangedAndAUrlWithoutThem(
      @ForAll("connections") ConnectionParts parts) {
    try (JdbcConnection jdbc = JdbcConnection.of(parts)) {
      assertThat(RoundTrip.text(jdbc.password())).isEqualTo(RoundTrip.text(parts.password()));
      if (parts.user() != null) {
        assertThat(jdbc.user()).isEqualTo(parts.user());
      }
      if (parts.dialect() != Dialect.DATABRICKS) {
        assertThat(jdbc.url()).isEqualTo(JdbcUrls.url(anonymous(parts)));
      }
    }
  }

  @Property(tries = 300)
  void readsBackTheUrlThatTheDriverGets(@ForAll("connections") ConnectionParts parts) {
    Assume.that(DRIVERS_THAT_DECODE.contains(parts.dialect()));
    try (ConnectionParts again = ConnectionParser.parse(parts.dialect(), JdbcUrls.url(parts))) {
      assertThat(again)
          .usingRecursiveComparison()
          .ignoringFields("portGiven")
          .isEqualTo(anonymous(parts));
    }
  }

  private static ConnectionParts anonymous(ConnectionParts parts) {
    return new ConnectionParts(
        parts.dialect(),
        parts.host(),
        parts.port(),
        parts.portGiven(),
        parts.database(),
        null,
        null,
        parts.tls(),
        parts.properties());
  }

  @Property(tries = 3000)
  void answersAnyTextWithPartsOrARefusal(@ForAll("texts") String text, @ForAll Dialect dialect) {
    try (ConnectionParts parts = ConnectionParser.parse(dialect, text)) {
      RoundTrip.assertReadsBack(parts);
    } catch (ConnectionRefusal refusal) {
      assertThat(refusal.code()).isNotNull();
    }
  }

  @Property(tries = 3000)
  void acceptsNoHostThatAnotherReaderSeesDifferently(@ForAll("urls") String text) {
    try (ConnectionParts parts = ConnectionParser.parse(Dialect.POSTGRESQL, text)) {
      Matcher url = URL.matcher(text.startsWith("jdbc:") ? text.substring(5) : text);
      assertThat(url.matches()).isTrue();
      Matcher authority = AUTHORITY.matcher(url.group(3));
      assertThat(authority.matches()).isTrue();
      assertThat(Host.ofUrl(authority.group(1).toLowerCase(Locale.ROOT))).isEqualTo(parts.host());
    } catch (ConnectionRefusal refusal) {
      assertThat(refusal).hasMessageContaining(refusal.part());
    }
  }

  @Property(tries = 300)
  void refusesWithoutRepeatingTheText(@ForAll("secrets") String secret) {
    String marked = "Zq7" + secret.replaceAll("[^a-z]", "x");
    for (String text :
        List.of(
            "postgresql://u:" + marked + "@" + marked + "_/d",
            "postgresql://u@h.example/" + marked + "/x",
            "postgresql://h.example/d?" + marked + "=1",
            "postgresql://h.example/d?sslmode=" + marked,
            marked + "://h.example/d")) {
      try (ConnectionParts parts = ConnectionParser.parse(Dialect.POSTGRESQL, text)) {
        throw new AssertionError("accepted as " + parts);
      } catch (ConnectionRefusal refusal) {
        assertThat(refusal.toString()).doesNotContain("Zq7");
      }
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> pieces =
        Arbitraries.of(PIECES).list().ofMaxSize(14).map(list -> String.join("", list));
    Arbitrary<String> noise = Arbitraries.strings().all().ofMaxLength(60);
    return Arbitraries.oneOf(pieces, noise);
  }

  @Provide
  Arbitrary<String> urls() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMaxSize(8)
        .map(list -> "postgresql://" + String.join("", list));
  }

  @Provide
  Arbitrary<String> secrets() {
    Arbitrary<String> awkward =
        Arbitraries.strings()
            .withChars("@:/?#%&+!;='\"\\[]{}() éß漢a1")
            .ofMinLength(1)
            .ofMaxLength(24);
    Arbitrary<String> any =
        Arbitraries.strings()
            .all()
            .ofMinLength(1)
            .ofMaxLength(24)
            .filter(ConnectionPropertiesTest::isText);
    return Arbitraries.oneOf(awkward, any);
  }

  /** Unpaired surrogates have no UTF-8, and control characters are refused. */
  private static boolean isText(String text) {
    return text.codePoints()
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  @Provide
  Arbitrary<ConnectionParts> connections() {
    Arbitrary<Dialect> dialects = Arbitraries.of(Dialect.class);
    return dialects.flatMap(
        dialect ->
            secrets()
                .filter(user -> !user.equals("token"))
                .optional()
                .tuple2()
                .flatMap(
                    who ->
                        Arbitraries.randomValue(
                            random ->
                                Samples.connection(
                                    dialect,
                                    who.get1().orElse(null),
                                    who.get2().map(SecretValue::ofText).orElse(null),
                                    new Random(random.nextLong())))));
  }
}
