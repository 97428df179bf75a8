package io.coffer.kms.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.kms.GeneratedKey;
import io.coffer.kms.KeyRef;
import io.coffer.kms.Kms;
import io.coffer.kms.KmsAllowances;
import io.coffer.kms.KmsContract;
import io.coffer.kms.KmsSetupFailure;
import io.coffer.kms.KmsTestConfig;
import io.quarkus.runtime.LaunchMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKmsTest extends KmsContract {

  @TempDir Path home;
  private Path directory;
  private Kms kms;

  @BeforeEach
  void openWithTwoKeys() {
    directory = home.resolve("kms");
    KeyFiles files = new KeyFiles(directory);
    files.create("one");
    files.create("two");
    kms = stacked("local", adapter(LaunchMode.TEST, false, false).open());
  }

  @Override
  protected Kms kms() {
    return kms;
  }

  @Override
  protected KeyRef key() {
    return new KeyRef("local", "one");
  }

  @Override
  protected KeyRef otherKey() {
    return new KeyRef("local", "two");
  }

  @Override
  protected KeyRef unknownKey() {
    return new KeyRef("local", "three");
  }

  @Test
  void opensAfterARestartWhatItWrappedBefore() {
    try (GeneratedKey made = await(kms.generate(key(), CONTEXT))) {
      kms = stacked("local", adapter(LaunchMode.TEST, false, false).open());
      try (var opened = await(unwrap(made.wrapped()))) {
        assertThat(opened.sameAs(made.plaintext())).isTrue();
      }
    }
  }

  @Test
  void makesKeyFilesThatOnlyTheirOwnerReads() throws IOException {
    assertThat(mode(directory.resolve("one.key"))).isEqualTo("rw-------");
    assertThat(mode(directory)).isEqualTo("rwx------");
  }

  @Test
  void keepsAKeyThatIsThere() throws IOException {
    byte[] before = Files.readAllBytes(directory.resolve("one.key"));
    new KeyFiles(directory).create("one");
    assertThat(Files.readAllBytes(directory.resolve("one.key"))).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----"})
  void refusesAKeyFileThatIsOpenToOthers(String mode) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve("one.key"), PosixFilePermissions.fromString(mode));
    assertThatThrownBy(() -> adapter(LaunchMode.TEST, false, false).open())
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageContaining("0600");
  }

  @Test
  void refusesAKeyFileOfAnotherLength() throws IOException {
    Files.write(directory.resolve("one.key"), new byte[31]);
    assertThatThrownBy(() -> adapter(LaunchMode.TEST, false, false).open())
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageContaining("32 bytes");
  }

  @Test
  void makesTheDefaultKeyWhereThatIsAllowed() {
    Kms made = stacked("local", adapter(LaunchMode.DEVELOPMENT, true, false).open());
    assertThat(await(made.describe(new KeyRef("local", "fresh"))).usable()).isTrue();
  }

  @Test
  void makesNoKeyInProduction() {
    Kms opened = stacked("local", adapter(LaunchMode.NORMAL, true, true).open());
    failsAs(
        io.coffer.kms.KmsFailure.UnknownKey.class, opened.describe(new KeyRef("local", "fresh")));
  }

  @Test
  void doesNotOpenInProductionUnlessAllowedByName() {
    assertThatThrownBy(() -> adapter(LaunchMode.NORMAL, false, false).open())
        .isInstanceOf(KmsSetupFailure.class)
        .hasMessageContaining("coffer.allow.local-kms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../one", "a/b", "", ".hidden", "nul\0"})
  void readsNoFileOutsideItsFolder(String name) {
    assertThat(new KeyFiles(directory).read(name)).isEmpty();
  }

  private LocalKmsAdapter adapter(LaunchMode mode, boolean create, boolean allowed) {
    LocalKmsConfig config =
        new LocalKmsConfig() {
          @Override
          public Path directory() {
            return directory;
          }

          @Override
          public boolean create() {
            return create;
          }
        };
    KmsAllowances allowances = KmsTestConfig.allowing(allowed ? Set.of("local-kms") : Set.of());
    Map<String, String> general =
        Map.of("coffer.kms.provider", "local", "coffer.kms.key-id", "fresh");
    return new LocalKmsAdapter(config, KmsTestConfig.with(general), allowances, mode);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
