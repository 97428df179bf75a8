package io.coffer.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  @ParameterizedTest
  @CsvSource({
    "public, public, orders, true",
    "PUBLIC, public, orders, true",
    "public.orders, public, orders, true",
    "public.*, public, orders, true",
    "*.orders, sales, Orders, true",
    "pub*, public, orders, true",
    "*, public, orders, true",
    "p*c.o*r*, public, orders, true",
    "orders, public, orders, false",
    "sales, public, orders, false",
    "public.order, public, orders, false",
    "'', public, orders, false",
  })
  void fitsSchemasAndTables(String pattern, String schema, String table, boolean fits) {
    assertThat(new Selection(List.of(pattern), List.of()).has(schema, table)).isEqualTo(fits);
    assertThat(new Selection(List.of(), List.of(pattern)).has(schema, table)).isEqualTo(!fits);
  }

  @Test
  void leavesOutWhatIsExcludedAlthoughItIsIncluded() {
    Selection selection = new Selection(List.of("public"), List.of("public.secret_*"));
    assertThat(selection.has("public", "orders")).isTrue();
    assertThat(selection.has("public", "secret_keys")).isFalse();
    assertThat(selection.has("sales", "orders")).isFalse();
  }

  @Test
  void hasEverythingWhereNothingWasSaid() {
    assertThat(Selection.ALL.has(null, "orders")).isTrue();
  }

  @Test
  void fitsTablesWithoutSchemaByTheirName() {
    assertThat(new Selection(List.of("ord*"), List.of()).has(null, "orders")).isTrue();
  }

  @Test
  void takesNoTimeForPatternsMadeToTakeIt() {
    Selection hostile = new Selection(List.of("*a".repeat(250)), List.of());
    String longest = "a".repeat(255) + "b";
    long begun = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(hostile.has("x", longest)).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
  }
}
