package io.coffer.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.kms.KeyRef;
import io.coffer.kms.KeysTest;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsContract;
import io.coffer.kms.KmsFailure;
import io.coffer.kms.Sealed;
import io.coffer.kms.Sealing;
import io.coffer.kms.aws.server.KmsServer;
import io.coffer.kms.aws.server.ServerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsAsyncClient;

/** Data keys over the real adapter and the protocol of AWS KMS. */
class AwsDataKeysTest extends KeysTest {

  private static KmsServer server;
  private static KmsAsyncClient client;
  private static Kms aws;

  private ServerKey key;

  @BeforeAll
  static void start() {
    server = KmsServer.start();
    client = AwsSubject.client(server, Duration.ofSeconds(20));
    aws = Stacks.of(new AwsKms(client, server.region()));
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @BeforeEach
  void createKey() {
    key = server.createKey();
    server.calls().clear();
  }

  @Override
  protected Kms service(KeyRef ref) {
    return ref.provider().equals(AwsKms.PROVIDER) ? aws : kms;
  }

  @Override
  protected KeyRef defaultKey() {
    return AwsSubject.ref(key);
  }

  @Test
  void needsNoJobWhenTheKeyIsRotatedInsideTheService() {
    Sealed before = seal(sealing(), binding());
    List<String> rows = rows();
    key.rotate();
    Sealing restarted = sealing();
    assertThat(open(restarted, binding(), before)).isEqualTo("hunter2");
    assertThat(rows()).containsAll(rows);
    UUID other = UUID.randomUUID();
    Sealed after = seal(restarted, binding(other));
    assertThat(open(sealing(), binding(other), after)).isEqualTo("hunter2");
    assertThat(server.calls().of("ReEncrypt")).isEmpty();
  }

  @Test
  void makesFewerThanTenCallsForTenThousandUsesOfAThousandCredentials() {
    Sealing writer = sealing();
    List<Sealed> sealed = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      sealed.add(seal(writer, binding(), "value " + i));
    }
    Sealing reader = sealing();
    for (int use = 0; use < 10_000; use++) {
      int i = use % 1_000;
      assertThat(open(reader, binding(), sealed.get(i))).isEqualTo("value " + i);
    }
    assertThat(server.calls().count()).isLessThan(10);
  }

  @Test
  void sendsOrganizationAndDataKeyAsContext() {
    Sealed sealed = seal(sealing(), binding());
    assertThat(server.calls().of("GenerateDataKey").getFirst().context())
        .containsEntry("coffer-organization", organization.toString())
        .containsEntry("coffer-data-key", sealed.dataKeyId().toString());
  }

  @Test
  void movesDataKeysToAnotherKeyInsideTheServiceAndToAnotherProvider() {
    Sealed sealed = seal(sealing(), binding());
    KeyRef next = AwsSubject.ref(server.createKey());
    await(rewrapping().rewrap(sealed.dataKeyId(), defaultKey(), next, false));
    assertThat(server.calls().of("ReEncrypt")).hasSize(1);
    assertThat(open(sealing(), binding(), sealed)).isEqualTo("hunter2");

    await(rewrapping().rewrap(sealed.dataKeyId(), next, kek, false));
    server.calls().clear();
    assertThat(open(sealing(), binding(), sealed)).isEqualTo("hunter2");
    assertThat(server.calls().count()).isZero();
  }

  @Test
  void opensNothingColdWhileTheKeyIsDisabled() {
    Sealed sealed = seal(sealing(), binding());
    key.become(ServerKey.State.Disabled);
    assertThatThrownBy(() -> open(sealing(), binding(), sealed))
        .isInstanceOf(KmsFailure.KeyDisabled.class);
    key.become(ServerKey.State.Enabled);
    assertThat(open(sealing(), binding(), sealed)).isEqualTo("hunter2");
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    database
        .pool()
        .query("select id::text || encode(wrapped, 'hex') from data_key where kek_provider = 'aws'")
        .executeAndAwait()
        .forEach(row -> rows.add(row.getString(0)));
    return rows;
  }

  /** Gives this test what the contract's tests have. */
  private abstract static class Stacks extends KmsContract {
    static Kms of(Kms adapter) {
      return stacked(AwsKms.PROVIDER, adapter);
    }
  }
}
