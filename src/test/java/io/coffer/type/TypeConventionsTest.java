package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What users and other parts of the service rely on in every built-in type. */
class TypeConventionsTest {

  private static final Set<String> ADDRESSES = Set.of("url", "https_url", "host");

  private static final Set<String> DESTINATION_IDS =
      Set.of("host", "port", "tls_mode", "security", "verify_ssl", "verify", "url", "issuer");

  /** Fields that say where a value goes though their names do not tell. */
  private static final Set<String> DESTINATIONS =
      Set.of(
          "mssql.authentication",
          "database.authentication",
          "redshift.region",
          "redshift.cluster_identifier",
          "redshift.workgroup");

  /** Addresses that nothing is sent to, or that are secret as a whole. */
  private static final Set<String> NO_DESTINATION =
      Set.of("openrouter.site_url", "smtp.ehlo_name", "azure_sas.sas_url");

  @TestFactory
  Stream<DynamicTest> keepsToTheConventions() {
    return TypePacks.load().stream()
        .map(pack -> DynamicTest.dynamicTest(pack.slug(), () -> check(pack)));
  }

  private static void check(TypeDefinition pack) {
    assertThat(pack.description()).endsWith(".");
    assertThat(pack.fields()).anyMatch(FieldDefinition::secret);
    assertThat(pack.main()).isNotEmpty();
    assertThat(pack.value()).isNotEmpty();
    assertThat(!pack.env().isEmpty() || !pack.header().isEmpty() || pack.file() != null).isTrue();
    Stream.of(pack.fields(), pack.metadata())
        .flatMap(List::stream)
        .forEach(field -> assertThat(field.help()).as(field.id()).isNotBlank().endsWith("."));
    assertThat(pack.fields())
        .filteredOn(field -> goesSomewhere(pack, field))
        .allMatch(FieldDefinition::destination);
    assertThat(pack.fields())
        .filteredOn(field -> Objects.equals(field.kind(), FieldKind.MAP))
        .allMatch(FieldDefinition::secret);
  }

  private static boolean goesSomewhere(TypeDefinition pack, FieldDefinition field) {
    boolean address = field.format() != null && ADDRESSES.contains(field.format());
    String name = pack.slug() + '.' + field.id();
    return (address || DESTINATION_IDS.contains(field.id()) || DESTINATIONS.contains(name))
        && !NO_DESTINATION.contains(name);
  }
}
