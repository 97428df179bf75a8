package io.coffer.type.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionParserTest {

  @Test
  void readsEveryPartOfAUrl() {
    try (ConnectionParts parts =
        ConnectionParser.parse(
            Dialect.POSTGRESQL,
            "postgresql://a%40b:p%40ss%3Aw%2Frd%25+@DB.example.com:6432/my-db_1?sslmode=require")) {
      assertThat(parts.host()).isEqualTo(new HostName("db.example.com"));
      assertThat(parts.port()).isEqualTo(6432);
      assertThat(parts.database()).isEqualTo("my-db_1");
      assertThat(parts.user()).isEqualTo("a@b");
      assertThat(RoundTrip.text(parts.password())).isEqualTo("p@ss:w/rd%+");
      assertThat(parts.tls()).isEqualTo(TlsMode.REQUIRE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:sqlserver://h.example;databaseName=d;encrypt=true;trustServerCertificate=true | mssql | REQUIRE
          jdbc:sqlserver://h.example;trustServerCertificate=true | mssql | REQUIRE
          jdbc:sqlserver://h.example;encrypt=true;trustServerCertificate=false | mssql | VERIFY_FULL
          jdbc:sqlserver://h.example;encrypt=false;trustServerCertificate=true | mssql | DISABLE
          jdbc:sqlserver://h.example;encrypt=strict | mssql | STRICT
          jdbc:mysql://h.example/d?sslMode=VERIFY_IDENTITY | mysql | VERIFY_FULL
          jdbc:mariadb://h.example/d?sslMode=trust | mysql | REQUIRE
          mysql://h.example/d?ssl-mode=REQUIRED | mysql | REQUIRE
          mysql://h.example/d?useSSL=false | mysql | DISABLE
          jdbc:oracle:thin:@tcps://h.example:2484/s | oracle | VERIFY_FULL
          clickhouse://h.example/d?secure=false | clickhouse | DISABLE
          """)
  void mapsTheWordsOfEachDriverToOneTlsMode(String text, String dialect, TlsMode mode) {
    try (ConnectionParts parts =
        ConnectionParser.parse(Dialect.find(dialect).orElseThrow(), text)) {
      assertThat(parts.tls()).isEqualTo(mode);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql | postgresql://h.example/d | 5432
          clickhouse | clickhouse://h.example/d | 8443
          clickhouse | clickhouse://h.example/d?secure=false | 8123
          oracle | oracle://h.example/s | 2484
          oracle | oracle://h.example/s?protocol=tcps | 2484
          oracle | oracle://h.example/s?protocol=tcp | 1521
          oracle | jdbc:oracle:thin:@tcp://h.example/s | 1521
          oracle | oracle://h.example:1521/s | 1521
          snowflake | jdbc:snowflake://org-acct.snowflakecomputing.com/ | 443
          """)
  void fillsInTheUsualPort(String dialect, String text, int port) {
    try (ConnectionParts parts =
        ConnectionParser.parse(Dialect.find(dialect).orElseThrow(), text)) {
      assertThat(parts.port()).isEqualTo(port);
    }
  }

  @Test
  void takesTheFirstDeclaredDatabaseThatTheSchemeFits() {
    String text = "postgresql://h.example/d";
    try (ConnectionParts parts =
        ConnectionParser.parse(
            List.of(Dialect.MYSQL, Dialect.REDSHIFT, Dialect.POSTGRESQL), text)) {
      assertThat(parts.dialect()).isEqualTo(Dialect.REDSHIFT);
    }
  }

  @Test
  void readsAnIpv4AddressMappedIntoIpv6AsTheIpv4Address() {
    try (ConnectionParts parts =
        ConnectionParser.parse(Dialect.POSTGRESQL, "postgresql://[::ffff:7f00:1]/d")) {
      assertThat(parts.host().text()).isEqualTo("127.0.0.1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2606:4700:0:0:0:0:0:1, 2606:4700::1",
    "::1, ::1",
    "::, ::",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "FE80::, fe80::"
  })
  void writesIpv6AddressesInTheirShortForm(String given, String canonical) {
    assertThat(Host.ofField(given).text()).isEqualTo(canonical);
  }

  @Test
  void readsAnAccessTokenAndAServicePrincipalOfDatabricksApart() {
    String path = "httpPath=/sql/1.0/warehouses/0123456789abcdef";
    String host = "jdbc:databricks://w.cloud.databricks.com:443;" + path;
    try (ConnectionParts token =
            ConnectionParser.parse(
                Dialect.DATABRICKS, host + ";AuthMech=3;UID=token;PWD=dapi0123");
        ConnectionParts principal =
            ConnectionParser.parse(
                Dialect.DATABRICKS,
                host + ";AuthMech=11;Auth_Flow=1;OAuth2ClientId=app;OAuth2Secret=dose0")) {
      assertThat(token.user()).isNull();
      assertThat(ConnectionFields.passwordId(token)).isEqualTo("access_token");
      assertThat(ConnectionFields.passwordId(principal)).isEqualTo("client_secret");
      assertThat(ConnectionFields.plain(principal))
          .containsEntry("client_id", "app")
          .doesNotContainKey("port");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql | host | a,b | multi_host | host
          postgresql | port | 65536 | port | port
          postgresql | database | a/b | path | database
          postgresql | tls_mode | strict | param_value | tls_mode
          oracle | service_name | a b | param_value | service_name
          databricks | host | evil.example | host | host
          snowflake | account | a.b.c.d.e.f | host | account
          """)
  void checksFieldsAsItChecksStrings(
      String dialect, String field, String value, String code, String part) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("host", dialect.equals("databricks") ? "w.cloud.databricks.com" : "h.example");
    fields.put("account", "org-acct");
    fields.put(field, value);
    assertThatExceptionOfType(ConnectionRefusal.class)
        .isThrownBy(
            () ->
                ConnectionFields.of(
                        Dialect.find(dialect).orElseThrow(), fields, SecretFields.none())
                    .close())
        .satisfies(refusal -> assertThat(refusal.code().code()).isEqualTo(code))
        .satisfies(refusal -> assertThat(refusal.part()).isEqualTo(part));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql | postgresql://u:p@h.example:5433/d?sslmode=require | jdbc:postgresql://h.example:5433/d?sslmode=require
          mysql | mysql://u:p@h.example/d?ssl-mode=VERIFY_CA | jdbc:mysql://h.example:3306/d?sslMode=VERIFY_CA
          mssql | mssql://u:p@h.example/my%20db?encrypt=true | jdbc:sqlserver://h.example:1433;databaseName={my db};encrypt=true;trustServerCertificate=false
          mssql | mssql://u:p@[2606:4700::1]/d | jdbc:sqlserver://;serverName=2606:4700::1;portNumber=1433;databaseName=d
          redshift | redshift://u:p@h.example/dev | jdbc:redshift://h.example:5439/dev
          oracle | oracle://u:p@h.example/svc?protocol=tcps | jdbc:oracle:thin:@tcps://h.example:2484/svc
          oracle | oracle://u:p@h.example/?sid=X&protocol=tcp | jdbc:oracle:thin:@h.example:1521:X
          oracle | oracle://u:p@h.example/svc | jdbc:oracle:thin:@tcps://h.example:2484/svc
          oracle | oracle://u:p@h.example/?sid=X&protocol=tcps | jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=tcps)(HOST=h.example)(PORT=2484))(CONNECT_DATA=(SID=X)))
          clickhouse | clickhouse://u:p@h.example/d?secure=true | jdbc:clickhouse://h.example:8443/d?ssl=true
          snowflake | snowflake://u:p@org-acct/D/S?warehouse=W | jdbc:snowflake://org-acct.snowflakecomputing.com/?db=D&schema=S&warehouse=W
          bigquery | bigquery://my-project-1/ds | jdbc:bigquery://https://www.googleapis.com/bigquery/v2:443;ProjectId=my-project-1;DefaultDataset=ds;OAuthType=0
          databricks | databricks://token:t@w.cloud.databricks.com?schema=s | jdbc:databricks://w.cloud.databricks.com:443;ConnSchema=s;AuthMech=3;ssl=1
          """)
  void writesTheUrlOfEachDriver(String dialect, String text, String jdbc) {
    try (ConnectionParts parts =
        ConnectionParser.parse(Dialect.find(dialect).orElseThrow(), text)) {
      assertThat(JdbcConnection.of(parts).url()).isEqualTo(jdbc);
    }
  }

  @Test
  void showsNoPassword() {
    try (ConnectionParts parts =
            ConnectionParser.parse(Dialect.MYSQL, "mysql://us%20er:marker@h.example/d");
        SecretValue url = ConnectionUrls.url(parts)) {
      assertThat(ConnectionUrls.display(parts)).isEqualTo("mysql://us%20er@h.example:3306/d");
      assertThat(url.revealText()).isEqualTo("mysql://us%20er:marker@h.example:3306/d");
      assertThat(parts + JdbcConnection.of(parts).toString()).doesNotContain("marker", "er@");
    }
  }
}
