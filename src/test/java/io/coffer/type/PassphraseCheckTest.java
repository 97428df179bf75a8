package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.key.TestKeys;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PassphraseCheckTest {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final PassphraseCheck check = new PassphraseCheck();
  private final CredentialType machine = machine();

  @Test
  void letsAPassphraseThroughThatOpensItsKey() {
    try (ValidatedFields content = content("pass wörd 1", Set.of("ssh_key_data"))) {
      assertThat(check.check(machine, content).await().atMost(DEADLINE)).isNull();
    }
  }

  @Test
  void refusesAPassphraseThatDoesNotOpenItsKey() {
    try (ValidatedFields content = content("another", Set.of("ssh_key_unlock"))) {
      assertThatExceptionOfType(TypeFailure.InvalidFields.class)
          .isThrownBy(() -> check.check(machine, content).await().atMost(DEADLINE))
          .satisfies(
              refused ->
                  assertThat(refused.violations())
                      .singleElement()
                      .satisfies(v -> assertThat(v.field()).isEqualTo("ssh_key_unlock"))
                      .satisfies(v -> assertThat(v.rule()).isEqualTo(FieldRule.PASSPHRASE_WRONG)));
    }
  }

  @Test
  void doesNotTryWhatIsStoredAgainWhenSomethingElseChanges() {
    try (ValidatedFields content = content("another", Set.of("username"))) {
      assertThat(check.check(machine, content).await().atMost(DEADLINE)).isNull();
    }
  }

  @Test
  void leavesAPassphraseAloneThatIsAskedForLater() {
    SecretFields secret =
        SecretFields.of(
            Map.of("ssh_key_data", SecretValue.ofText(TestKeys.read("openssh-ed25519-encrypted"))));
    try (ValidatedFields content =
        new ValidatedFields(Map.of("ssh_key_unlock", "ASK"), secret, Set.of("ssh_key_data"))) {
      assertThat(check.check(machine, content).await().atMost(DEADLINE)).isNull();
    }
  }

  private static ValidatedFields content(String passphrase, Set<String> changed) {
    SecretFields secret =
        SecretFields.of(
            Map.of(
                "ssh_key_data", SecretValue.ofText(TestKeys.read("openssh-ed25519-encrypted")),
                "ssh_key_unlock", SecretValue.ofText(passphrase)));
    return new ValidatedFields(Map.of(), secret, changed);
  }

  private static CredentialType machine() {
    TypeDefinition pack =
        TypePacks.load().stream()
            .filter(type -> type.slug().equals("machine"))
            .findFirst()
            .orElseThrow();
    return new CredentialType(new UUID(0, 1), 1, pack.slug(), 1, true, null, pack);
  }
}
