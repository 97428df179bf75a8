package io.coffer;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

/** A test under a name that the build does not look for never fails, because it never runs. */
class TestNamesTest {

  /** What Surefire and Failsafe run when the build says nothing else. */
  private static final Pattern RUN =
      Pattern.compile("Test.*|.*Test|.*Tests|.*TestCase|IT.*|.*IT|.*ITCase");

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
          .importPackages("io.coffer");

  @Test
  void everyClassWithTestsHasANameThatTheBuildRuns() {
    Set<String> unrun =
        TESTS.stream()
            .filter(TestNamesTest::holdsTests)
            .filter(type -> !isRun(type))
            .map(JavaClass::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unrun).as("classes whose tests nobody runs").isEmpty();
  }

  @Test
  void theRuleSeesTestsOfEveryKind() {
    Set<String> seen =
        TESTS.stream()
            .filter(TestNamesTest::holdsTests)
            .flatMap(type -> type.getAllMethods().stream())
            .filter(method -> method.isMetaAnnotatedWith(Testable.class))
            .flatMap(method -> method.getAnnotations().stream())
            .map(annotation -> annotation.getRawType().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(seen).contains("Test", "ParameterizedTest", "Property", "Example");
  }

  @Test
  void theBuildLeavesTheNamesAtTheDefaults() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .doesNotContain("<test>", "<it.test>")
        .satisfies(
            pom -> {
              assertThat(plugin(pom, "maven-surefire-plugin"))
                  .doesNotContain("<includes", "<excludes", "<groups", "<excludedGroups");
              assertThat(plugin(pom, "maven-failsafe-plugin"))
                  .doesNotContain("<includes", "<excludes", "<groups", "<excludedGroups");
            });
  }

  private static String plugin(String pom, String artifact) {
    int start = pom.indexOf("<artifactId>" + artifact + "<");
    assertThat(start).isPositive();
    return pom.substring(start, pom.indexOf("</plugin>", start));
  }

  /** Contracts are abstract and run through the classes that supply their subject. */
  private static boolean holdsTests(JavaClass type) {
    return !type.isInterface()
        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
        && type.getAllMethods().stream()
            .anyMatch(method -> method.isMetaAnnotatedWith(Testable.class));
  }

  private static boolean isRun(JavaClass type) {
    return type.getEnclosingClass()
        .map(outer -> type.isAnnotatedWith(Nested.class) && isRun(outer))
        .orElseGet(() -> RUN.matcher(type.getSimpleName()).matches());
  }
}
