package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import io.coffer.type.key.TestKeys;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a person sees of a value: enough to tell it from others, and nothing that opens anything.
 */
class MasksTest {

  private final Masks masks = new Masks();
  private final FieldValidator validator = new FieldValidator();

  @ParameterizedTest
  @CsvSource({
    "sk-proj-0123456789abcdefWXYZ, sk-pr...WXYZ",
    "0123456789abcdef, 012...cdef",
    "0123456789abcde, ********",
    "x, ********",
    "'  0123456789abcdef  ', 012...cdef"
  })
  void showsTheEndsOfATextOfSixteenCharactersOrMore(String text, String mask) {
    assertThat(Masks.ofText(text)).isEqualTo(mask);
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(Masks.ofText("😀".repeat(24))).isEqualTo("😀".repeat(5) + "..." + "😀".repeat(4));
  }

  @ParameterizedTest
  @CsvSource({
    "machine, ssh_key_data, openssh-ed25519, Ed25519 SHA256:YdqHp...ZGVA",
    "machine, ssh_key_data, pkcs8-rsa, RSA 2048 SHA256:T1cUK...sgHg",
    "gce, ssh_key_data, traditional-rsa, RSA 2048 SHA256:T1cUK...sgHg",
    "rsa, private_key, pkcs8-rsa-aes-encrypted, encrypted key",
    "snowflake, private_key, pkcs8-rsa, RSA 2048 SHA256:jbdJM...d9o=",
    "snowflake_key_pair_user_account, private_key, pkcs8-rsa, RSA 2048 SHA256:jbdJM...d9o=",
    "hashivault_kv, client_cert_private, pkcs8-ec, EC 256 SHA256:KxKBM...Rl4="
  })
  void tellsKeysByKindAndFingerprint(String slug, String field, String key, String mask) {
    assertThat(mask(slug, field, TestKeys.read(key))).isEqualTo(mask);
  }

  @Test
  void showsNothingOfWhatIsArmoredAndUnknown() {
    assertThat(mask("terraform", "configuration", "-----BEGIN SECRET 42-----\nAAAA\n"))
        .isEqualTo(Masks.STARS);
    assertThat(mask("terraform", "configuration", TestKeys.read("certificate")))
        .isEqualTo(Masks.STARS);
  }

  @Test
  void tellsAServiceAccountByTheIdOfItsKey() {
    String file =
        Objects.requireNonNull(
                TypeSample.of("gcp").valid().getFirst().fields().get("service_account_json"))
            .asText();
    assertThat(mask("gcp", "service_account_json", file))
        .isEqualTo("service account key 813a8...a0b7");
    String without = file.replaceAll("\"private_key_id\": *\"[0-9a-f]*\", *", "");
    assertThat(without).doesNotContain("private_key_id");
    assertThat(mask("gcp", "service_account_json", without))
        .matches("RSA 2048 SHA256:.{5}\\.{3}.{4}");
  }

  /** No run of characters of the base64 of any key in any sample stands in its mask. */
  @TestFactory
  Stream<DynamicTest> holdsNothingOfAKeyInAnySample() {
    return TypePacks.load().stream()
        .map(pack -> DynamicTest.dynamicTest(pack.slug(), () -> holdsNothingOfAKey(pack)));
  }

  private void holdsNothingOfAKey(TypeDefinition pack) {
    CredentialType type = type(pack);
    for (TypeSample.Valid sample : TypeSample.of(pack.slug()).valid()) {
      try (ValidatedFields fields = validator.validate(type, sample.fields(), null)) {
        String mask = masks.mask(type, fields.plain(), fields.secret());
        assertThat(mask).as("mask of %s", pack.slug()).doesNotContain("-----");
        for (String id : fields.secret().ids()) {
          String text = fields.secret().find(id).orElseThrow().revealText();
          if (text.contains("PRIVATE KEY")) {
            assertThat(pieces(text.replace("\\n", "\n"))).noneMatch(mask::contains);
          }
        }
      }
    }
  }

  private static Stream<String> pieces(String pem) {
    return Arrays.stream(pem.split("\\R"))
        .filter(line -> line.matches("[A-Za-z0-9+/=]{8,}"))
        .flatMap(
            line ->
                Stream.iterate(0, i -> i + 6 <= line.length(), i -> i + 1)
                    .map(i -> line.substring(i, i + 6)));
  }

  @Test
  void keepsAKeyWhoseMaskComesBackNowOrFromBefore() {
    CredentialType type = SampleTypes.builtIn("machine");
    SecretValue key = SecretValue.ofText(TestKeys.read("openssh-ed25519"));
    try (SecretFields secret = SecretFields.of(Map.of("ssh_key_data", key))) {
      StoredFields stored = new StoredFields(Map.of(), secret, false);
      String now = masks.mask(type, Map.of(), secret);
      for (String echo : new String[] {now, "-----...----", Masks.ENCRYPTED}) {
        try (ValidatedFields kept =
            validator.validate(type, SampleTypes.fields("{ssh_key_data:'" + echo + "'}"), stored)) {
          assertThat(kept.changed()).as(echo).isEmpty();
        }
      }
    }
  }

  private String mask(String slug, String field, String text) {
    try (SecretFields secret = SecretFields.of(Map.of(field, SecretValue.ofText(text)))) {
      return masks.mask(SampleTypes.builtIn(slug), Map.of(), secret);
    }
  }

  private static CredentialType type(TypeDefinition pack) {
    return new CredentialType(new UUID(0, 1), 1, pack.slug(), 1, true, null, pack);
  }
}
