package io.coffer.type;

import static io.coffer.type.SampleTypes.CARD;
import static io.coffer.type.SampleTypes.SERVER;
import static io.coffer.type.SampleTypes.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.coffer.secret.SecretFields;
import io.coffer.secret.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldValidatorTest {

  private final FieldValidator validator = new FieldValidator();

  @Test
  void splitsPlainFromSecretAndStoresNoDefaults() {
    try (ValidatedFields valid =
        validate("{host:'db.example.com', user:'ann', password:'correct horse', scopes:['a']}")) {
      assertThat(valid.plain())
          .containsExactly(
              Map.entry("host", "db.example.com"),
              Map.entry("user", "ann"),
              Map.entry("scopes", List.of("a")));
      assertThat(secret(valid, "password")).isEqualTo("correct horse");
      assertThat(valid.changed()).containsExactlyInAnyOrder("host", "user", "password", "scopes");
    }
  }

  @Test
  void reportsEverythingThatIsWrongAtOnce() {
    assertThat(
            violations(
                "{nope:1, host:'a b', port:0, user:1, mode:'ssl', sudo:'yes', scopes:'x',"
                    + " extra:{a:1}, pin:'12345'}"))
        .extracting(Violation::field, Violation::rule)
        .containsExactlyInAnyOrder(
            tuple("nope", FieldRule.UNKNOWN),
            tuple("host", FieldRule.FORMAT),
            tuple("port", FieldRule.MINIMUM),
            tuple("user", FieldRule.KIND),
            tuple("mode", FieldRule.CHOICE),
            tuple("sudo", FieldRule.KIND),
            tuple("scopes", FieldRule.KIND),
            tuple("extra", FieldRule.KIND),
            tuple("pin", FieldRule.PATTERN));
  }

  @Test
  void namesTheLimitThatIsPassed() {
    assertThat(violations("{user:'" + "u".repeat(33) + "'}"))
        .containsExactly(
            new Violation("user", FieldRule.MAX_LENGTH, "must have at most 32 characters", 32L));
  }

  @Test
  void measuresNoKeptSecretForWhoMayLearnNothingOfIt() {
    Map<String, JsonNode> sent = fields("{scopes:['" + "s".repeat(10_000) + "']}");
    try (SecretFields kept = secrets("password", "p".repeat(60_000))) {
      assertThatThrownBy(
              () -> validator.validate(SERVER, sent, new StoredFields(Map.of(), kept)).close())
          .isInstanceOf(TypeFailure.ValueTooLarge.class);
      validator.validate(SERVER, sent, new StoredFields(Map.of(), kept, true)).close();
      Map<String, JsonNode> tooMuch = fields("{password:'" + "q".repeat(60_000) + "'}");
      tooMuch.putAll(sent);
      assertThatThrownBy(
              () ->
                  validator
                      .validate(SERVER, tooMuch, new StoredFields(Map.of(), kept, true))
                      .close())
          .isInstanceOf(TypeFailure.ValueTooLarge.class);
    }
  }

  @Test
  void doesNotSayWhetherAKeptKeyIsEncryptedToWhoMayLearnNothingOfIt() {
    Map<String, JsonNode> sent = fields("{passphrase:'guess'}");
    String key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    try (SecretFields kept = secrets("private_key", key)) {
      assertThatThrownBy(
              () -> validator.validate(SERVER, sent, new StoredFields(Map.of(), kept)).close())
          .isInstanceOf(TypeFailure.InvalidFields.class);
      validator.validate(SERVER, sent, new StoredFields(Map.of(), kept, true)).close();
    }
  }

  @Test
  void doesNotRepeatAnUnknownIdThatLooksLikeAValue() {
    assertThat(violations("{'pass word ü':'x'}").getFirst().field()).doesNotContain("ü");
  }

  @Test
  void refusesLineBreaksInOneLineAndBrokenUnicodeAnywhere() {
    assertThat(violations("{user:'a\\nb', private_key:'a\\u0000b', password:'\\ud800'}"))
        .extracting(Violation::rule)
        .containsOnly(FieldRule.CHARACTERS);
  }

  @Test
  void enforcesDependenciesAndExclusions() {
    assertThat(violations("{sudo_password:'x', password:'y', private_key:'z'}"))
        .extracting(Violation::field, Violation::rule)
        .containsExactlyInAnyOrder(
            tuple("sudo_password", FieldRule.DEPENDENCY),
            tuple("password", FieldRule.EXCLUSIVE),
            tuple("private_key", FieldRule.EXCLUSIVE));
  }

  @Test
  void demandsThePassphraseOfAnEncryptedKeyAlsoWhenTheKeyIsKept() {
    String key =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\\nMIIB\\n-----END ENCRYPTED PRIVATE KEY-----\\n";
    assertThat(violations("{private_key:'" + key + "'}"))
        .extracting(Violation::rule)
        .containsExactly(FieldRule.PASSPHRASE_MISSING);
    try (ValidatedFields stored =
        validate("{private_key:'" + key + "', passphrase:'open sesame'}")) {
      assertThat(violations("{passphrase:null, private_key:'$encrypted$'}", stored))
          .extracting(Violation::rule)
          .containsExactly(FieldRule.PASSPHRASE_MISSING);
    }
  }

  @Test
  void refusesAPassphraseThatUnlocksNothing() {
    String key = "-----BEGIN PRIVATE KEY-----\\nMIIB\\n-----END PRIVATE KEY-----\\n";
    assertThat(violations("{private_key:'" + key + "', passphrase:'x'}"))
        .extracting(Violation::rule)
        .containsExactly(FieldRule.PASSPHRASE_NEEDLESS);
  }

  @Test
  void keepsWhatIsLeftOutAndRemovesWhatIsNull() {
    try (ValidatedFields stored = validate("{host:'a.example', user:'ann', password:'secret'}");
        ValidatedFields merged = validate("{user:null, port:2222}", stored)) {
      assertThat(merged.plain()).isEqualTo(Map.of("host", "a.example", "port", 2222L));
      assertThat(secret(merged, "password")).isEqualTo("secret");
      assertThat(merged.changed()).containsExactlyInAnyOrder("user", "port");
    }
  }

  @Test
  void dropsWhatIsLeftOutOfAWholeReplacementButKeepsWhatIsEchoed() {
    try (ValidatedFields stored =
            validate("{host:'a.example', password:'secret', sudo:true, sudo_password:'root'}");
        ValidatedFields merged =
            validator.validate(
                SERVER,
                fields("{password:'$encrypted$'}"),
                asStored(stored),
                AbsentFields.REMOVE)) {
      assertThat(merged.ids()).containsExactly("password");
      assertThat(merged.changed()).containsExactlyInAnyOrder("host", "sudo", "sudo_password");
    }
  }

  @Test
  void keepsTheStoredSecretWhenItsMaskComesBack() {
    try (ValidatedFields stored = validate("{password:'a password of some length'}")) {
      for (String echo : List.of("$encrypted$", Masks.ofText("a password of some length"))) {
        try (ValidatedFields merged = validate("{password:'" + echo + "'}", stored)) {
          assertThat(secret(merged, "password")).isEqualTo("a password of some length");
          assertThat(merged.changed()).isEmpty();
        }
      }
    }
  }

  @Test
  void refusesAMaskForWhatIsNotStored() {
    assertThat(violations("{password:'$encrypted$', sudo:true, sudo_password:'********'}"))
        .extracting(Violation::rule)
        .containsOnly(FieldRule.MASK_WITHOUT_VALUE);
  }

  @Test
  void refusesAMaskOfAnotherValueThanTheStoredOne() {
    try (ValidatedFields stored = validate("{password:'sk-new-0123456789-abcdef-wxyz'}")) {
      for (String stale : new String[] {"sk-ol...abcd", "abc...wxyz", "********"}) {
        assertThat(violations("{password:'" + stale + "'}", stored))
            .extracting(Violation::rule)
            .containsExactly(FieldRule.MASK_WITHOUT_VALUE);
      }
      assertThat(failure("{password:'sk-ne...wxyz'}", asStored(stored))).isNull();
      assertThat(failure("{password:'dots...in-a-real-password'}", asStored(stored))).isNull();
    }
  }

  @Test
  void takesABlankForNothingUnlessSomethingIsStored() {
    try (ValidatedFields stored = validate("{host:'a.example', user:'', password:''}")) {
      assertThat(stored.ids()).containsExactly("host");
    }
    try (ValidatedFields stored = validate("{password:'secret'}")) {
      assertThat(violations("{password:''}", stored))
          .extracting(Violation::rule)
          .containsExactly(FieldRule.EMPTY);
    }
  }

  @Test
  void leavesToTheMomentOfUseWhatMayBeAsked() {
    try (ValidatedFields valid = validate("{password:'ASK', sudo:true, sudo_password:'ASK'}")) {
      assertThat(valid.plain()).containsEntry("password", "ASK");
      assertThat(secret(valid, "sudo_password")).isEqualTo("ASK");
    }
  }

  @Test
  void computesBrandAndLastFourAndRefusesOthers() {
    try (ValidatedFields card =
        validator.validate(CARD, fields("{number:'4111 1111 1111 1111'}"), null)) {
      assertThat(card.plain()).isEqualTo(Map.of("brand", "visa", "last_four", "1111"));
      try (ValidatedFields echo =
          validator.validate(
              CARD,
              fields("{number:'$encrypted$', brand:'visa', last_four:'1111'}"),
              asStored(card))) {
        assertThat(echo.changed()).isEmpty();
      }
    }
    assertThatThrownBy(() -> validator.validate(CARD, fields("{brand:'visa'}"), null))
        .isInstanceOf(TypeFailure.InvalidFields.class);
  }

  @Test
  void refusesMoreThanTheLimitTogether() {
    String half = "x".repeat(40_000);
    Map<String, JsonNode> sent =
        Map.of("private_key", TextNode.valueOf(half), "passphrase", TextNode.valueOf(half));
    assertThatThrownBy(() -> validator.validate(SERVER, sent, null))
        .isInstanceOf(TypeFailure.ValueTooLarge.class)
        .hasMessageContaining("65536");
  }

  @Test
  void namesWhatIsMissingForUse() {
    assertThat(validator.missing(SERVER, Set.of("host", "user", "password"), Map.of())).isEmpty();
    assertThat(validator.missing(SERVER, Set.of("host"), Map.of()))
        .extracting(Violation::field, Violation::rule)
        .containsExactly(tuple("user", FieldRule.REQUIRED), tuple("password", FieldRule.ONE_OF));
  }

  private ValidatedFields validate(String json) {
    return validator.validate(SERVER, fields(json), null);
  }

  private ValidatedFields validate(String json, ValidatedFields stored) {
    return validator.validate(SERVER, fields(json), asStored(stored));
  }

  private List<Violation> violations(String json) {
    return failure(json, null).violations();
  }

  private List<Violation> violations(String json, ValidatedFields stored) {
    return failure(json, asStored(stored)).violations();
  }

  private TypeFailure.InvalidFields failure(
      String json, @org.jspecify.annotations.Nullable StoredFields stored) {
    return catchThrowableOfType(
        TypeFailure.InvalidFields.class,
        () -> validator.validate(SERVER, fields(json), stored).close());
  }

  private static SecretFields secrets(String id, String value) {
    return SecretFields.of(
        Map.of(id, SecretValue.takeOwnershipOf(value.getBytes(StandardCharsets.UTF_8))));
  }

  private static StoredFields asStored(ValidatedFields fields) {
    return new StoredFields(fields.plain(), fields.secret());
  }

  private static String secret(ValidatedFields fields, String id) {
    SecretFields secrets = fields.secret();
    return secrets.find(id).map(SecretValue::revealText).orElseThrow();
  }

  private static org.assertj.core.groups.Tuple tuple(Object... parts) {
    return new org.assertj.core.groups.Tuple(parts);
  }
}
