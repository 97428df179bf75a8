package io.coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.testing.TestTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Knowing who calls costs a use no statement of its own, once the caller is known. */
@QuarkusTest
class AccessStatementsTest {

  private static final int TIMES = 10;

  /** What works in the background asks none of these tables. */
  private static final String COUNT =
      """
      select coalesce(sum(calls), 0)::bigint from pg_stat_statements
      where query ~ '\\m(principal|membership|organization|team|sighting|access_grant)\\M'
        and query !~ 'data_key|activity|pg_stat_statements'""";

  @Inject Pool database;

  private String credential = "";
  private Someone byClaim = Someone.systemAdmin();
  private Someone byRow = byClaim;

  @BeforeEach
  void makeCallers() {
    database.query("create extension if not exists pg_stat_statements").executeAndAwait();
    String organization = Someone.newOrganization();
    Someone admin = Someone.in(organization, "admin");
    credential = admin.makesCredential();
    byClaim = Someone.in(organization, "use");
    String subject = Someone.unique("pod");
    byRow = Someone.with(TestTokens.ofCluster(subject));
    String id = admin.announces(TestTokens.clusterIssuer(), subject);
    admin.makes(id, organization, "use").statusCode(200);
  }

  @Test
  void ofAUseAreOne() {
    for (Someone caller : List.of(byClaim, byRow)) {
      assertThat(caller.uses(credential)).isEqualTo(200);
      long statements = counted(() -> assertThat(caller.uses(credential)).isEqualTo(200));
      assertThat(statements).isEqualTo(TIMES);
    }
  }

  @Test
  void ofAReadAreAtMostTwo() {
    for (Someone caller : List.of(byClaim, byRow)) {
      assertThat(caller.reads(credential)).isEqualTo(200);
      long statements = counted(() -> assertThat(caller.reads(credential)).isEqualTo(200));
      assertThat(statements).isLessThanOrEqualTo(2 * TIMES);
    }
  }

  private long counted(Runnable request) {
    long before = count();
    for (int i = 0; i < TIMES; i++) {
      request.run();
    }
    return count() - before;
  }

  private long count() {
    return database.query(COUNT).executeAndAwait().iterator().next().getLong(0);
  }
}
