package io.coffer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.coffer.secret.SecretValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The arrows between the packages, and who may turn a secret into readable bytes. */
class ArchitectureTest {

  private static final String ROOT = "io.coffer.";

  /** What a package may import besides {@code web} and what its imports may import. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "secret", Set.of(),
          "web", Set.of(),
          "dev", Set.of(),
          "crypto", Set.of("secret"),
          "access", Set.of("secret"),
          "kms", Set.of("secret", "crypto", "access"),
          "type", Set.of("secret", "access"),
          "credential", Set.of("type", "crypto", "kms", "access", "secret"),
          "job", Set.of("credential"));

  /**
   * Who may read secret bytes, each for a reason: to seal and open, to wrap and unwrap, to check
   * and render fields by the rules of their type, and to answer a use.
   */
  private static final Set<String> REVEALERS =
      Set.of("secret", "crypto", "kms", "type", "credential.use");

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

  @Test
  void revealsSecretsInListedPackagesOnly() {
    Set<String> others = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      for (JavaMethodCall call : from.getMethodCallsFromSelf()) {
        boolean reveals =
            call.getTargetOwner().isEquivalentTo(SecretValue.class)
                && call.getName().startsWith("reveal");
        if (reveals && REVEALERS.stream().noneMatch(name -> isIn(from, name))) {
          others.add(from.getName());
        }
      }
    }
    assertThat(others).isEmpty();
  }

  private static Set<String> allowed(String feature) {
    Set<String> allowed = new HashSet<>(List.of("web", feature));
    Set<String> direct = ARROWS.getOrDefault(feature, Set.of());
    direct.forEach(name -> allowed.addAll(allowed(name)));
    return allowed;
  }

  private static boolean isIn(JavaClass type, String name) {
    return (type.getPackageName() + ".").startsWith(ROOT + name + ".");
  }

  /** The first package below the root; empty for the root itself. */
  private static String feature(JavaClass type) {
    String name = type.getPackageName() + ".";
    int end = name.indexOf('.', ROOT.length());
    return end < 0 ? "" : name.substring(ROOT.length(), end);
  }
}
