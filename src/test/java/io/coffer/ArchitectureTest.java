package io.coffer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.coffer.secret.SecretValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and who may turn a secret into readable bytes. */
class ArchitectureTest {

  private static final String ROOT = "io.coffer.";

  /** What a package may import besides {@code web} and what its imports may import. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("secret", Set.of()),
          entry("web", Set.of()),
          entry("dev", Set.of()),
          entry("egress", Set.of("secret")),
          entry("crypto", Set.of("secret")),
          entry("access", Set.of("secret")),
          entry("kms", Set.of("secret", "crypto", "access")),
          entry("type", Set.of("secret", "access")),
          entry("activity", Set.of("access", "crypto", "kms")),
          entry("credential", Set.of("type", "crypto", "kms", "access", "activity", "secret")),
          entry("probe", Set.of("type", "credential", "egress")),
          entry("schema", Set.of("probe", "credential")),
          entry("job", Set.of("credential", "probe")));

  /** Who turns a secret into readable bytes, and what for. */
  private static final Map<String, String> REVEALERS =
      Map.ofEntries(
          entry("crypto.DataKey", "keeps the key that a provider opened"),
          entry("crypto.Envelope", "encrypts"),
          entry("crypto.FieldCodec", "puts the fields of a value together and takes them apart"),
          entry("egress.HttpExchange", "sends a request"),
          entry("kms.aws.AwsKms", "sends a key to be wrapped"),
          entry("kms.local.WrappingKey", "encrypts keys under a key of its own"),
          entry("probe.jdbc.LogIn", "gives a driver its password"),
          entry("type.FieldMerge", "compares what was sent with the mask, and fields by rules"),
          entry("type.HeaderRenderer", "writes a header in Base64"),
          entry("type.Masks", "shows a few characters"),
          entry("type.PassphraseCheck", "sees whether a passphrase opens its key"),
          entry("type.RenderSource", "ends a key in a line break"),
          entry("type.RenderedText", "looks for characters that cannot stand where a value goes"),
          entry("type.SecretJson", "writes JSON"),
          entry("type.SecretTexts", "gives templates the value as its kind"),
          entry("type.ValueParser", "makes a field of the password of a connection string"),
          entry("type.WipingBuffer", "puts rendered values together"),
          entry("type.connection.ConnectionUrls", "writes a password into a URL"),
          entry("type.key.RsaKey", "opens a key with its passphrase, to sign"),
          entry("probe.http.ControlKeys", "makes a random value of the same shape"),
          entry("probe.http.Echoes", "sees whether an answer repeats a part of it"),
          entry("probe.http.Filler", "puts it into a call"),
          entry("probe.http.JwtMaker", "opens the key that signs an assertion"),
          entry("probe.http.SigV4", "signs a request"),
          entry("probe.http.WireTexts", "writes it as HTTP carries it"),
          entry("type.ConnectionForms", "reads the project in a service account's key file"),
          entry("type.connection.ConnectionParts", "tells a key file from a token"),
          entry("type.key.PrivateKeys", "opens a key with its passphrase"),
          entry("probe.ContentKey", "names a value by an HMAC"),
          entry("probe.Redaction", "looks for parts of a value in what a provider told"),
          entry("probe.ValueExpiry", "reads when a token or a certificate ends"),
          entry("credential.use.Recipient", "encrypts a value to its caller"),
          entry("credential.use.UsedValue", "answers a use"));

  /** What opens a connection, or asks for an address. */
  private static final Map<String, Set<String>> CONNECTORS =
      Map.ofEntries(
          entry("java.net.Socket", Set.of("<init>", "connect")),
          entry("java.net.DatagramSocket", Set.of("<init>")),
          entry("java.net.URL", Set.of("openConnection", "openStream")),
          entry("java.net.InetAddress", Set.of("getByName", "getAllByName")),
          entry("java.net.http.HttpClient", Set.of("newHttpClient", "newBuilder")),
          entry("java.nio.channels.SocketChannel", Set.of("open")),
          entry("javax.net.SocketFactory", Set.of("getDefault")),
          entry("java.sql.DriverManager", Set.of("getConnection")),
          entry("java.sql.Driver", Set.of("connect")),
          entry(
              "io.vertx.core.Vertx",
              Set.of(
                  "createHttpClient",
                  "httpClientBuilder",
                  "createNetClient",
                  "createDatagramSocket",
                  "createDnsClient")),
          entry("io.vertx.ext.web.client.WebClient", Set.of("create", "wrap")),
          entry("io.vertx.mutiny.core.Vertx", Set.of("createHttpClient", "createNetClient")),
          entry("io.vertx.mutiny.ext.web.client.WebClient", Set.of("create", "wrap")));

  /** Who else does, and where to. */
  private static final Map<String, String> CALLERS_OF_OUR_OWN =
      Map.ofEntries(
          entry("access.issuer.IssuerSetup", "the issuers that the operator names"),
          entry("probe.jdbc.LogIn", "drivers, whose sockets are the guard's"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.coffer");

  @Test
  void knowsEveryPackage() {
    Set<String> present =
        CLASSES.stream()
            .map(ArchitectureTest::feature)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(present).isSubsetOf(ARROWS.keySet());
  }

  @Test
  void importsOnlyAlongTheArrows() {
    Set<String> forbidden = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      from.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass())
          .filter(to -> to.getPackageName().startsWith("io.coffer"))
          .filter(to -> !allowed(feature(from)).contains(feature(to)))
          .forEach(to -> forbidden.add(from.getName() + " -> " + to.getName()));
    }
    assertThat(forbidden).isEmpty();
  }

  @Test
  void keepsCiphersInTwoPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.coffer.crypto..", "io.coffer.kms.local..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("javax\\.crypto\\.(Cipher|KDF)")
        .check(CLASSES);
  }

  /** Whoever calls a place that a user names does so through the guard. */
  @Test
  void opensConnectionsInTheGuardOnly() {
    Set<String> openers = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      from.getAccessesFromSelf().stream()
          .filter(ArchitectureTest::connects)
          .forEach(_ -> openers.add(from.getName().substring(ROOT.length())));
    }
    openers.removeIf(name -> name.startsWith("egress."));
    assertThat(openers).containsExactlyInAnyOrderElementsOf(CALLERS_OF_OUR_OWN.keySet());
  }

  private static boolean connects(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String member = access.getName();
    return CONNECTORS.getOrDefault(owner, Set.of()).contains(member);
  }

  @Test
  void revealsSecretsInListedClassesOnly() {
    Set<String> revealers = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      Stream.concat(
              from.getMethodCallsFromSelf().stream(), from.getMethodReferencesFromSelf().stream())
          .filter(ArchitectureTest::reveals)
          .forEach(_ -> revealers.add(from.getName().substring(ROOT.length())));
    }
    assertThat(revealers).containsExactlyInAnyOrderElementsOf(REVEALERS.keySet());
  }

  private static boolean reveals(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(SecretValue.class)
        && access.getName().startsWith("reveal");
  }

  private static Set<String> allowed(String feature) {
    Set<String> allowed = new HashSet<>(List.of("web", feature));
    Set<String> direct = ARROWS.getOrDefault(feature, Set.of());
    direct.forEach(name -> allowed.addAll(allowed(name)));
    return allowed;
  }

  /** The first package below the root; empty for the root itself. */
  private static String feature(JavaClass type) {
    String name = type.getPackageName() + ".";
    int end = name.indexOf('.', ROOT.length());
    return end < 0 ? "" : name.substring(ROOT.length(), end);
  }
}
