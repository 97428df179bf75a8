package io.coffer.probe.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.connection.ConnectionFields;
import io.coffer.type.connection.ConnectionParts;
import io.coffer.type.connection.Dialect;
import io.coffer.type.connection.TlsMode;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What drivers are given, to the letter: a property more is a decision, not an accident. */
class LogInTest {

  private static final String PASSWORD = "p&host=evil;x?y#z";

  @Test
  void postgresqlIsGivenThese() throws Exception {
    LogIn logIn = Postgresql.properties(parts(Dialect.POSTGRESQL), verified());

    assertThat(logIn.url()).isEqualTo("jdbc:postgresql://");
    assertThat(logIn.properties().stringPropertyNames())
        .containsExactlyInAnyOrder(
            "user",
            "password",
            "PGHOST",
            "PGPORT",
            "PGDBNAME",
            "sslmode",
            "sslfactory",
            "sslResponseTimeout",
            "socketFactory",
            "classLoaderStrategy",
            "connectTimeout",
            "socketTimeout",
            "gssEncMode",
            "channelBinding",
            "maxResultBuffer",
            "readOnly",
            "ApplicationName");
    assertThat(logIn.properties()).containsEntry("password", PASSWORD);
  }

  @Test
  void mysqlIsGivenThese() throws Exception {
    LogIn logIn = Mysql.properties(parts(Dialect.MYSQL), verified());

    assertThat(logIn.url()).isEqualTo("jdbc:mariadb://db.example:7000/sales");
    assertThat(logIn.properties().stringPropertyNames())
        .containsExactlyInAnyOrder(
            "user",
            "password",
            "sslMode",
            "socketFactory",
            "connectTimeout",
            "socketTimeout",
            "allowLocalInfile",
            "allowMultiQueries",
            "allowPublicKeyRetrieval",
            "permitRedirect",
            "disconnectOnExpiredPasswords",
            "fallbackToSystemKeyStore",
            "maxAllowedPacket",
            "pool",
            "registerJmxPool");
    assertThat(logIn.properties())
        .containsEntry("allowLocalInfile", "false")
        .containsEntry("permitRedirect", "false");
  }

  @Test
  void sqlServerIsGivenThese() throws Exception {
    LogIn logIn = Mssql.properties(parts(Dialect.MSSQL), verified());

    assertThat(logIn.url()).isEqualTo("jdbc:sqlserver://");
    assertThat(logIn.properties().stringPropertyNames())
        .containsExactlyInAnyOrder(
            "user",
            "password",
            "serverName",
            "portNumber",
            "databaseName",
            "encrypt",
            "trustServerCertificate",
            "authentication",
            "socketFactoryClass",
            "loginTimeout",
            "socketTimeout",
            "queryTimeout",
            "lockTimeout",
            "connectRetryCount",
            "transparentNetworkIPResolution",
            "multiSubnetFailover",
            "integratedSecurity",
            "columnEncryptionSetting",
            "workstationID",
            "applicationName");
    assertThat(logIn.properties())
        .containsEntry("authentication", "SqlPassword")
        .containsEntry("trustServerCertificate", "false");
  }

  @Test
  void redshiftIsGivenThese() throws Exception {
    LogIn logIn = Redshift.properties(parts(Dialect.REDSHIFT), verified());

    assertThat(logIn.url()).isEqualTo("jdbc:redshift://db.example:7000/sales");
    assertThat(logIn.properties().stringPropertyNames())
        .containsExactlyInAnyOrder(
            "user",
            "password",
            "ssl",
            "sslmode",
            "sslfactory",
            "socketFactory",
            "connectTimeout",
            "socketTimeout",
            "loginTimeout",
            "iamAuth",
            "logLevel",
            "readOnly",
            "enableFetchRingBuffer",
            "enableMultiSqlSupport",
            "databaseMetadataCurrentDbOnly",
            "options",
            "ApplicationName");
    assertThat(logIn.properties()).containsEntry("iamAuth", "false");
  }

  @Test
  void namesNoValueWhenItIsPrinted() throws Exception {
    assertThat(Postgresql.properties(parts(Dialect.POSTGRESQL), verified()).toString())
        .doesNotContain(PASSWORD)
        .doesNotContain("db.example");
  }

  private static SessionTls verified() throws GeneralSecurityException {
    return SessionTls.of(TlsMode.VERIFY_FULL, null);
  }

  private static ConnectionParts parts(Dialect dialect) throws SQLException {
    Map<String, Object> plain =
        Map.of("host", "db.example", "port", 7000L, "database", "sales", "user", "u");
    try (SecretFields secrets = SecretFields.of(Map.of("password", SecretValue.ofText(PASSWORD)))) {
      return ConnectionFields.of(dialect, plain, secrets);
    }
  }
}
