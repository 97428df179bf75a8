package io.coffer.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.secret.SecretFields;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysMadeAheadTest extends KeysTest {

  @Test
  void makesKeysAheadAtTheFirstSightOfAnOrganization() {
    Sealing sealing = sealing();
    await(sealing.prepare(organization));
    awaitCalls(KmsOperation.GENERATE, 2);
    awaitRows(2);
    kms.cutOff();
    seal(sealing, binding());
  }

  @Test
  void goesOnCreatingThroughAnOutageWithTheKeyMadeAhead() {
    Sealing sealing = sealing();
    UUID first = seal(sealing, binding()).dataKeyId();
    awaitRows(2);
    kms.cutOff();
    pass(Duration.ofDays(3));
    UUID second = seal(sealing, binding()).dataKeyId();
    assertThat(second).isNotEqualTo(first);
    pass(Duration.ofHours(25));
    assertThatThrownBy(() -> seal(sealing, binding())).isInstanceOf(KmsFailure.Unavailable.class);
    kms.comeBack();
    pass(Duration.ofSeconds(5));
    seal(sealing, binding());
  }

  @Test
  void doesNotAskAgainAtOnceAfterAFailure() {
    Sealing sealing = sealing();
    kms.cutOff();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> seal(sealing, binding())).isInstanceOf(KmsFailure.class);
    }
    assertThat(kms.calls()).isEqualTo(1);
  }

  @Test
  void makesOneKeyForManyFirstCreatesAtOnce() {
    Sealing sealing = sealing();
    kms.holdBack();
    List<CompletableFuture<Sealed>> answers =
        IntStream.range(0, 100)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> seal(sealing, binding())))
            .toList();
    awaitCalls(KmsOperation.GENERATE, 1);
    kms.letGo();
    Set<UUID> keys = new HashSet<>();
    answers.forEach(answer -> keys.add(answer.join().dataKeyId()));
    assertThat(keys).hasSize(1);
  }

  @Test
  void sealsNoMoreValuesUnderAKeyThanAllowed() {
    Sealing sealing = sealing("max-values", "10", "reserve", "4");
    List<UUID> keys = new ArrayList<>();
    for (int i = 0; i < 57; i++) {
      keys.add(seal(sealing, binding()).dataKeyId());
    }
    keys.stream()
        .distinct()
        .forEach(
            id -> assertThat(keys.stream().filter(id::equals).count()).isLessThanOrEqualTo(10));
    assertThat(
            database.count(
                "select max(values_reserved) from data_key where organization = '"
                    + organization
                    + "'"))
        .isLessThanOrEqualTo(10);
  }

  @Test
  void reservesValuesInBlocksAndNotOnePerCreate() {
    Sealing sealing = sealing("reserve", "100");
    UUID key = seal(sealing, binding()).dataKeyId();
    IntStream.range(0, 50).forEach(_ -> seal(sealing, binding()));
    assertThat(reserved(key)).isEqualTo(100);
  }

  @Test
  void takesOverWhatAnEarlierProcessLeft() {
    UUID first = seal(sealing(), binding()).dataKeyId();
    awaitRows(2);
    Sealing restarted = sealing();
    UUID second = seal(restarted, binding()).dataKeyId();
    assertThat(second).isEqualTo(first);
    assertThat(reserved(first)).isEqualTo(2 * 4096);
  }

  @Test
  void opensTheKeyOfAnEarlierProcessOnceForReadersAndWriters() {
    Sealed sealed = seal(sealing(), binding());
    awaitRows(2);
    Sealing restarted = sealing();
    int before = kms.calls(KmsOperation.UNWRAP);
    List<Uni<SecretFields>> reads =
        Collections.nCopies(20, restarted.open(binding(), sealed.bytes()));
    Uni<List<SecretFields>> opened = Uni.join().all(reads).andFailFast();
    await(Uni.combine().all().unis(restarted.prepare(organization), opened).asTuple())
        .getItem2()
        .forEach(SecretFields::close);
    assertThat(kms.calls(KmsOperation.UNWRAP) - before).isOne();
  }

  @Test
  void leavesAnExpiredOrFullKeyAlone() {
    UUID first = seal(sealing("max-values", "4096"), binding()).dataKeyId();
    awaitRows(2);
    UUID second = seal(sealing("max-values", "4096"), binding()).dataKeyId();
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void makesAFreshKeyIfTheOneLeftBehindDoesNotOpen() {
    UUID first = seal(sealing(), binding()).dataKeyId();
    awaitRows(2);
    database.run(
        "update data_key set wrapped = '\\x00' where organization = '" + organization + "'");
    assertThat(seal(sealing(), binding()).dataKeyId()).isNotEqualTo(first);
  }

  @Test
  void reservesNothingOnAKeyThatCannotBeOpenedYet() {
    UUID first = seal(sealing(), binding()).dataKeyId();
    awaitRows(2);
    Sealing restarted = sealing();
    kms.cutOff();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> seal(restarted, binding())).isInstanceOf(KmsFailure.class);
      pass(Duration.ofSeconds(5));
    }
    assertThat(reserved(first)).isEqualTo(4096);
    kms.comeBack();
    assertThat(seal(restarted, binding()).dataKeyId()).isEqualTo(first);
    assertThat(reserved(first)).isEqualTo(2 * 4096);
  }

  @Test
  void leavesNoKeyForGoodThatAnEarlierProcessMadeAheadAndNeverUsed() {
    Set<UUID> used = new HashSet<>();
    for (int process = 0; process < 4; process++) {
      Sealing strict = sealing("reuse", "none", "stock", "6");
      used.add(seal(strict, binding()).dataKeyId());
      awaitUntil(() -> rows("true") >= 6);
      wipe();
      pass(Duration.ofDays(8));
    }
    Sealing last = sealing("reuse", "none", "stock", "6");
    used.add(seal(last, binding()).dataKeyId());
    awaitUntil(() -> rows("true") <= used.size() + 6);
    assertThat(rows("values_reserved = 1")).isEqualTo(used.size());
  }

  @Test
  void sealsUnderNoKeyThatWasClearedAwayWhileItLayInStock() {
    Sealing strict = sealing("reuse", "none", "stock", "6");
    await(strict.prepare(organization));
    awaitRows(6);
    database.run("delete from data_key where organization = '" + organization + "'");
    Sealed sealed = seal(strict, binding());
    assertThat(rows("id = '" + sealed.dataKeyId() + "' and values_reserved = 1")).isOne();
  }

  @Test
  void holdsABoundedStockInStrictModeAndSealsFromItDuringAnOutage() {
    Sealing sealing = sealing("reuse", "none", "stock", "6");
    await(sealing.prepare(organization));
    awaitRows(6);
    kms.cutOff();
    Set<UUID> keys = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      keys.add(seal(sealing, binding()).dataKeyId());
    }
    assertThat(keys).hasSize(6);
    assertThatThrownBy(() -> seal(sealing, binding())).isInstanceOf(KmsFailure.class);
  }

  @Test
  void servesMoreParallelCreatesThanTheStockHolds() {
    Sealing sealing = sealing("reuse", "none", "stock", "4");
    List<CompletableFuture<Sealed>> answers =
        IntStream.range(0, 60)
            .mapToObj(_ -> CompletableFuture.supplyAsync(() -> seal(sealing, binding())))
            .toList();
    Set<UUID> keys = new HashSet<>();
    answers.forEach(answer -> keys.add(answer.join().dataKeyId()));
    assertThat(keys).hasSize(60);
  }

  private void awaitRows(int count) {
    awaitUntil(
        () ->
            database.count(
                    "select count(*) from data_key where organization = '" + organization + "'")
                >= count);
  }

  private long rows(String condition) {
    return database.count(
        "select count(*) from data_key where organization = '"
            + organization
            + "' and "
            + condition);
  }

  private long reserved(UUID key) {
    return database.count("select values_reserved from data_key where id = '" + key + "'");
  }
}
