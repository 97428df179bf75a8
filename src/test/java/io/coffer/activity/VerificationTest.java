package io.coffer.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.activity.verify.Finding;
import io.coffer.activity.verify.Finding.Kind;
import io.coffer.activity.verify.OfflineVerify;
import io.coffer.activity.verify.Report;
import io.coffer.activity.verify.Verification;
import io.coffer.kms.TestRowTags;
import io.coffer.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody who writes the database cannot do unseen. */
class VerificationTest {

  private static final UUID LEADER = UUID.randomUUID();

  private final TestDatabase database = TestDatabase.create();
  private final TestRowTags keys = new TestRowTags(database);
  private final TestWriter one = TestWriter.on(database);
  private final TestWriter other = TestWriter.on(database);

  @BeforeEach
  void record() {
    for (int i = 0; i < 5; i++) {
      one.use();
      other.use();
    }
    checkpoint(one);
    one.use();
    checkpoint(other);
    one.use();
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    keys.close();
    database.close();
  }

  @Test
  void whatNobodyTouchedIsIntact() {
    Report report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.intact()).isTrue();
    assertThat(report.complete()).isTrue();
    assertThat(report.tagsChecked()).isTrue();
    assertThat(report.chains()).isEqualTo(2);
    assertThat(report.events()).isEqualTo(2 * 6 + 2);
    assertThat(report.checkpoints()).isEqualTo(2);
    assertThat(report.unbound()).isEqualTo(1);
  }

  @Test
  void anEditOfAnyColumnShows() {
    for (String edit :
        List.of(
            "time = time + interval '1 microsecond'",
            "happened_at = happened_at + interval '1 microsecond'",
            "id = gen_random_uuid()",
            "actor_issuer = 'https://other.example'",
            "actor_subject = 'bob'",
            "actor_subject = null",
            "actor_kind = 'workload'",
            "organization = gen_random_uuid()",
            "target_kind = 'connection'",
            "target_id = gen_random_uuid()",
            "target_version = 2",
            "target_revision = 2",
            "action = 'read'",
            "outcome = 'refused'",
            "reason = 'expired'",
            "request_id = 'request-2'",
            "client_address = '192.0.2.8'",
            "face = 'awx'",
            "details = 'count=2'",
            "hash = sha256(hash)")) {
      database.run("create table kept as select * from activity");
      database.run("update activity set " + edit + " where sequence = 3 and " + of(one));
      assertThat(only(verify())).as(edit).isEqualTo(place(Kind.EDITED, one, 3));
      database.run(
          "delete from activity; insert into activity select * from kept; drop table kept");
    }
  }

  @Test
  void aDeletedEventShows() {
    database.run("delete from activity where sequence = 3 and " + of(one));
    assertThat(only(verify())).isEqualTo(place(Kind.MISSING, one, 3));
  }

  @Test
  void theFirstEventsBeingDeletedShows() {
    database.run("delete from activity where sequence < 3 and " + of(one));
    assertThat(only(verify())).isEqualTo(place(Kind.MISSING, one, 1));
  }

  @Test
  void twoEventsThatChangedPlacesShow() {
    database.run(
        "update activity set sequence = -sequence where sequence in (3, 4) and " + of(one));
    database.run("update activity set sequence = 7 + sequence where sequence < 0 and " + of(one));
    assertThat(only(verify())).isEqualTo(place(Kind.EDITED, one, 3));
  }

  @Test
  void aTailThatWasCutBeforeTheLastCheckpointShows() {
    database.run("delete from activity where sequence >= 5 and " + of(one));
    assertThat(only(verify())).isEqualTo(place(Kind.CUT, one, 6));
  }

  @Test
  void aWholeChainThatIsGoneShows() {
    database.run("delete from activity where " + of(other));
    assertThat(only(verify())).isEqualTo(place(Kind.CUT, other, 6));
  }

  @Test
  void aChainThatWasComputedAnewWithoutTheKeyShows() {
    Forger.rewrite(database, one.writer.durable().writer(), 4, "mallory");
    assertThat(only(verify())).isEqualTo(place(Kind.REWRITTEN, one, 6));
  }

  @Test
  void checkpointsThatWereMadeToFitAForgedChainShow() {
    Forger.rewrite(database, one.writer.durable().writer(), 4, "mallory");
    database.run(
        "update activity_checkpoint c set hashes = array(select a.hash from"
            + " unnest(c.writers, c.sequences) with ordinality as h (writer, sequence, place)"
            + " join activity a on a.writer = h.writer and a.sequence = h.sequence"
            + " order by h.place)");
    assertThat(verify().findings())
        .anyMatch(it -> it.kind() == Kind.CHECKPOINT && Long.valueOf(1).equals(it.checkpoint()));
  }

  @Test
  void aCheckpointThatIsGoneShows() {
    database.run("delete from activity_checkpoint where number = 1");
    assertThat(verify().findings()).extracting(Finding::kind).contains(Kind.CHECKPOINT);
  }

  @Test
  void twoWritersThatWereSwappedShow() {
    UUID first = one.writer.durable().writer();
    UUID second = other.writer.durable().writer();
    database.run(
        "update activity set writer = case writer when '%s' then '%s'::uuid else '%s'::uuid end,"
                .formatted(first, second, first)
            + " sequence = 1000 + sequence");
    database.run("update activity set sequence = sequence - 1000");
    assertThat(verify().findings())
        .extracting(Finding::kind)
        .containsExactly(Kind.EDITED, Kind.EDITED);
  }

  @Test
  void aChainThatEndsBeforeWhereAnotherOneGoesOnFromShows() {
    String before = of(one);
    one.breakConnection();
    one.useEventually();
    database.run("delete from activity_checkpoint");
    database.run("delete from activity where sequence >= 6 and " + before);
    assertThat(only(verify()).split(" ")[0]).isEqualTo("CUT");
  }

  @Test
  void aMonthThatWasDroppedLeavesAStubBehindWhichTheChainsVerify() {
    LocalDate month = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);
    assertThat(TestWriter.await(retention(Clock.systemUTC(), 0).run())).isEmpty();
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(35));

    assertThat(TestWriter.await(retention(later, 0).run())).containsExactly(month);

    assertThat(database.count("select count(*) from activity")).isZero();
    assertThat(database.count("select count(*) from activity_stub")).isEqualTo(2);
    one.useEventually();
    one.useEventually();
    Report report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.events()).isPositive();
  }

  @Test
  void aStubThatWasEditedShows() {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(35));
    assertThat(TestWriter.await(retention(later, 0).run())).hasSize(1);
    database.run("update activity_stub set last_sequence = last_sequence - 1 where " + of(one));
    assertThat(verify().findings()).extracting(Finding::kind).contains(Kind.CHECKPOINT);
  }

  @Test
  void aTailThatIsGoneTogetherWithItsCheckpointShowsByTheOneThatWasKeptElsewhere()
      throws IOException {
    Path kept = Files.createTempFile("kept", ".log");
    Checkpoint last = TestWriter.await(new CheckpointStore(database.pool()).last()).orElseThrow();
    Files.writeString(kept, "{\"message\":\"" + last.line() + "\"}\n");
    assertThat(offline("--checkpoint", kept.toString())).startsWith("0 ").contains("intact");

    database.run("delete from activity where sequence >= 7 and " + of(one));
    database.run("delete from activity_checkpoint where number = 2");
    assertThat(offline()).startsWith("0 ");
    assertThat(offline("--checkpoint", kept.toString()))
        .startsWith("1 ")
        .contains("CUT chain " + one.writer.durable().writer() + " event 7 checkpoint 2");
  }

  @Test
  void theVerifierWithoutTheApplicationSaysWhatItDidNotCheck() {
    assertThat(offline()).contains("the tags of checkpoints were not checked");
    assertThat(offline("--what")).startsWith("2 ").contains("usage");
  }

  /** Exit status and output of the verifier that runs without the application. */
  private String offline(String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    int status = new OfflineVerify(out, database.jdbcEnvironment()).run(List.of(arguments));
    return status + " " + printed.toString(StandardCharsets.UTF_8);
  }

  private Retention retention(Clock clock, int keepMonths) {
    return new Retention(
        database.pool(),
        keys.tags(),
        new Lease(database.pool(), "retention", LEADER, Duration.ofMinutes(1)),
        clock,
        keepMonths);
  }

  private void checkpoint(TestWriter replica) {
    Checkpoints checkpoints =
        new Checkpoints(
            new CheckpointStore(database.pool()),
            keys.tags(),
            new Lease(database.pool(), "checkpoint", LEADER, Duration.ofMinutes(1)),
            new ActivityMetrics(replica.meters),
            Clock.systemUTC(),
            true);
    assertThat(TestWriter.await(checkpoints.make())).isTrue();
  }

  private Report verify() {
    try (Connection connection = database.jdbc()) {
      return new Verification(new KeyTags(keys.tags(), Duration.ofSeconds(10)), () -> true)
          .run(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String of(TestWriter replica) {
    return "writer = '" + replica.writer.durable().writer() + "'";
  }

  private static String only(Report report) {
    assertThat(report.intact()).isFalse();
    assertThat(report.findings()).hasSize(1);
    Finding found = report.findings().getFirst();
    return found.kind() + " " + found.writer() + ":" + found.sequence();
  }

  private static String place(Kind kind, TestWriter replica, long sequence) {
    return kind + " " + replica.writer.durable().writer() + ":" + sequence;
  }
}
