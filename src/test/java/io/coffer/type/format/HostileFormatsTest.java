package io.coffer.type.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.coffer.type.key.KeyLabel;
import io.coffer.type.key.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made to keep a reader busy, to overflow it, or to make it say what it read. */
class HostileFormatsTest {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final int MAX_VALUE = 64 * 1024;
  private static final int MAX_SERVICE_ACCOUNT = 16 * 1024;

  @ParameterizedTest
  @MethodSource("documents")
  void refusesADocumentThatIsMadeToOverflowItsReader(String document) {
    for (String format : List.of("service_account_json", "json_object")) {
      assertTimeoutPreemptively(
          SOON, () -> assertThat(check(format, document)).as(format).isPresent());
    }
  }

  static Stream<String> documents() {
    return Stream.of(
        "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
        "[".repeat(60_000),
        "{\"type\":" + "[".repeat(33) + "]".repeat(33) + "}",
        "{\"type\":1" + "0".repeat(40_000) + "}",
        "{\"type\":\"a\",\"type\":\"b\"}",
        "{\"type\":\"service_account\"} {}",
        "{\"type\":1e}",
        "\uFEFF{}",
        "",
        "null");
  }

  @Test
  void takesNumbersOfAnySizeForNoText() {
    for (String number : List.of("1e999999999", "-1e-999999999", "1" + "0".repeat(900))) {
      String account = account().replace("\"my-project-1\"", number);
      assertTimeoutPreemptively(
          SOON, () -> assertThat(check("service_account_json", account)).isPresent());
    }
  }

  @Test
  void takesAServiceAccountUpToItsLimit() {
    String account = account();
    String padded = account.replace("}", ",\"extra\":\"" + "x".repeat(MAX_SERVICE_ACCOUNT) + "\"}");
    int over = padded.length() - MAX_SERVICE_ACCOUNT;
    String atLimit = padded.replace("x".repeat(over + 1) + "\"}", "x\"}");
    assertThat(atLimit).hasSize(MAX_SERVICE_ACCOUNT);
    assertThat(check("service_account_json", atLimit)).isEmpty();
    assertThat(check("service_account_json", atLimit.replace("x\"}", "xx\"}")))
        .hasValueSatisfying(rule -> assertThat(rule).contains("16384"));
  }

  @Test
  void readsAKeyWithAHugeExponentWithoutUsingIt() {
    BigInteger p = BigInteger.TWO.pow(1024).subtract(BigInteger.valueOf(105));
    BigInteger q = BigInteger.TWO.pow(1023).add(BigInteger.valueOf(1155));
    BigInteger huge = BigInteger.ONE.shiftLeft(300_000).add(BigInteger.ONE);
    String pem = rsa(p.multiply(q), huge, p, q);
    assertThat(pem.length()).isLessThan(MAX_VALUE);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          assertThat(check("pem_private_key", pem)).isEmpty();
          assertThat(KeyLabel.of(pem, KeyLabel.Style.X509)).isPresent();
        });
  }

  @Test
  void refusesAKeyWithAHugeModulus() {
    BigInteger p = BigInteger.ONE.shiftLeft(60_000).add(BigInteger.ONE);
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThat(
                    check("pem_private_key", rsa(p.multiply(p), BigInteger.valueOf(65_537), p, p)))
                .isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "CERTIFICATE"
      })
  void refusesDeepNestingInsideAKey(String label) {
    byte[] indefinite = new byte[40_000];
    for (int i = 0; i < indefinite.length; i += 2) {
      indefinite[i] = 0x30;
      indefinite[i + 1] = (byte) 0x80;
    }
    byte[] zeros = new byte[40_000];
    byte[] ones = new byte[40_000];
    Arrays.fill(ones, (byte) 0xff);
    for (byte[] content : List.of(indefinite, nested(), zeros, ones)) {
      String pem = pem(label, content);
      for (String format : List.of("pem_private_key", "ssh_private_key", "pem_certificate")) {
        assertTimeoutPreemptively(
            SOON, () -> assertThat(check(format, pem)).as(format).isPresent());
      }
      assertThat(KeyLabel.of(pem, KeyLabel.Style.SSH)).isEmpty();
    }
  }

  @Test
  void refusesDeepNestingInsideTheOctetsOfAKey() throws IOException {
    byte[] indefinite = new byte[40_000];
    for (int i = 0; i < indefinite.length; i += 2) {
      indefinite[i] = 0x30;
      indefinite[i + 1] = (byte) 0x80;
    }
    ASN1EncodableVector info = new ASN1EncodableVector();
    info.add(new ASN1Integer(0));
    info.add(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE));
    info.add(new DEROctetString(indefinite));
    String pem = pem("PRIVATE KEY", new DERSequence(info).getEncoded());
    assertTimeoutPreemptively(SOON, () -> assertThat(check("pem_private_key", pem)).isPresent());
    assertThat(KeyLabel.of(pem, KeyLabel.Style.X509)).isEmpty();
  }

  /** Sequences of definite length, each around the next. */
  private static byte[] nested() {
    int depth = 9_000;
    byte[] bytes = new byte[depth * 4];
    for (int i = 0; i < depth; i++) {
      int rest = (depth - i - 1) * 4;
      bytes[i * 4] = 0x30;
      bytes[i * 4 + 1] = (byte) 0x82;
      bytes[i * 4 + 2] = (byte) (rest >> 8);
      bytes[i * 4 + 3] = (byte) rest;
    }
    return bytes;
  }

  @Test
  void takesAKeyUpToTheLimitOfAValueAndNoLongerOne() {
    String key = TestKeys.read("pkcs8-rsa");
    String atLimit = key + "\n".repeat(MAX_VALUE - key.length());
    assertThat(check("pem_private_key", atLimit)).isEmpty();
    assertThat(check("pem_private_key", atLimit + "\n"))
        .hasValueSatisfying(rule -> assertThat(rule).contains("65536"));
    assertThat(check("pem_private_key", TestKeys.read("certificate").repeat(17) + key)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "٤١١١١١١١١١١١١١١١", // Arabic-Indic digits
        "4111111111111112",
        "4111 1111 1111 111",
        "41111111111111111111",
        "-",
        "4111111111111111e0",
        "0x4111111111111111"
      })
  void refusesWhatOnlyLooksLikeACardNumber(String number) {
    assertThat(check("card_number", number)).isPresent();
  }

  /** Linear time, no exception, and no part of the text in what is said of it. */
  @Property(tries = 400)
  void answersAnyTextSoonAndSaysNothingOfIt(@ForAll("texts") String text) {
    String marked = text + "Zq7marker";
    for (String format : Formats.names()) {
      Optional<String> rule = assertTimeoutPreemptively(SOON, () -> check(format, marked), format);
      rule.ifPresent(words -> assertThat(words).as(format).doesNotContain("Zq7"));
    }
  }

  /** One byte of a key is another: it is a key still, or none, and nothing else happens. */
  @Property(tries = 400)
  void readsAKeyWithAnyByteChanged(
      @ForAll("keys") String name, @ForAll int place, @ForAll byte value) {
    String pem = TestKeys.read(name);
    String[] lines = pem.split("\\R", -1);
    String label = lines[0].replace("-----BEGIN ", "").replace("-----", "");
    String body =
        String.join("", Arrays.stream(lines).filter(line -> !line.startsWith("-")).toList());
    byte[] bytes = Base64.getDecoder().decode(body);
    bytes[Math.floorMod(place, bytes.length)] = value;
    String edited = pem(label, bytes);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          for (String format : List.of("pem_private_key", "ssh_private_key")) {
            assertThat(check(format, edited)).isNotNull();
          }
          assertThat(KeyLabel.of(edited, KeyLabel.Style.X509)).isNotNull();
        });
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(
        "pkcs8-rsa",
        "pkcs8-ec",
        "pkcs8-dsa",
        "pkcs8-ed25519",
        "pkcs8-x25519",
        "pkcs8-rsa-aes-encrypted",
        "pkcs8-ec-scrypt-encrypted",
        "traditional-rsa",
        "traditional-dsa",
        "openssh-rsa",
        "openssh-ecdsa",
        "openssh-ed25519",
        "openssh-ed25519-encrypted");
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> noise = Arbitraries.strings().all().ofMaxLength(200);
    Arbitrary<String> pieces =
        Arbitraries.of(
                "-----BEGIN PRIVATE KEY-----\n",
                "-----END PRIVATE KEY-----\n",
                "-----BEGIN ",
                "-----",
                "Proc-Type: 4,ENCRYPTED\n",
                "AAAA",
                "{\"",
                "\":",
                "}",
                "[",
                "otpauth://totp/x?secret=",
                "otpauth%3A%2F%2F",
                "&secret=",
                "%",
                "%25",
                "@",
                ".",
                "a.",
                "-",
                "https://",
                "[::1]",
                "999.",
                "/",
                "2026-02-30",
                "arn:aws:iam::",
                "4111 ")
            .list()
            .ofMaxSize(12)
            .map(list -> String.join("", list));
    Arbitrary<String> longs =
        Arbitraries.of("a", "a.", "-", "=", "{\"a\":", "a@", "%41", "1", "A ", "é", "::", "&a=b")
            .map(piece -> piece.repeat(MAX_VALUE / piece.length() - 10));
    return Arbitraries.frequencyOf(Tuple.of(4, noise), Tuple.of(4, pieces), Tuple.of(1, longs));
  }

  private static String account() {
    return "{\"type\":\"service_account\",\"project_id\":\"my-project-1\",\"private_key\":\""
        + TestKeys.read("pkcs8-rsa").replace("\n", "\\n")
        + "\",\"client_email\":\"svc@my-project-1.iam.gserviceaccount.com\"}";
  }

  private static String rsa(BigInteger modulus, BigInteger exponent, BigInteger p, BigInteger q) {
    ASN1EncodableVector numbers = new ASN1EncodableVector();
    Stream.of(
            BigInteger.ZERO,
            modulus,
            exponent,
            BigInteger.TWO,
            p,
            q,
            BigInteger.TWO,
            BigInteger.TWO,
            BigInteger.TWO)
        .map(ASN1Integer::new)
        .forEach(numbers::add);
    try {
      return pem("RSA PRIVATE KEY", new DERSequence(numbers).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), label);
  }

  private static Optional<String> check(String format, String text) {
    return Formats.find(format).orElseThrow().check(text);
  }
}
