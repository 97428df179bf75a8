package io.coffer.web.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ListGrammarTest {

  private static final ListGrammar GRAMMAR =
      new ListGrammar(
          List.of(ListField.text("name", "c.name"), ListField.instant("made", "c.made")),
          List.of("c.name"),
          "-made",
          Set.of("extra"));

  @Test
  void bindsEveryValueInsteadOfWritingIt() {
    SqlText sql = new SqlText();
    query(Map.of("name__icontains", List.of("x' or 1=1 --"), "search", List.of("y\";")))
        .appendFilters(sql);
    assertThat(sql.text()).doesNotContain("1=1", "y\"");
    assertThat(sql.parameters()).containsExactlyInAnyOrder("%x' or 1=1 --%", "%y\";%");
  }

  @Test
  void takesWildcardsOfTheValueAsTheyAre() {
    SqlText sql = new SqlText();
    query(Map.of("name__contains", List.of("50%_\\"))).appendFilters(sql);
    assertThat(sql.parameters()).containsExactly("%50\\%\\_\\\\%");
  }

  @Test
  void refusesMoreThanTwentyFilters() {
    List<String> many = Collections.nCopies(21, "a");
    assertThatThrownBy(() -> query(Map.of("name", many))).isInstanceOf(InvalidQuery.class);
  }

  @Test
  void aPageEndsWithTheCursorOfItsLastRow() {
    ListQuery query = query(Map.of("page_size", List.of("1"), "order_by", List.of("name")));
    UUID id = new UUID(1, 2);
    ListQuery.Page<String> page = query.page(List.of("a", "b"), _ -> id, (row, _) -> row);
    assertThat(page.rows()).containsExactly("a");
    SqlText sql = new SqlText();
    query(
            Map.of(
                "page_size",
                List.of("1"),
                "order_by",
                List.of("name"),
                "cursor",
                List.of(String.valueOf(page.next()))))
        .appendPage(sql, "c.id");
    assertThat(sql.parameters()).containsExactly("a", id);
  }

  @Property
  void anyParameterIsReadOrRefusedAndNeverFailsOtherwise(
      @ForAll String name, @ForAll String value) {
    try {
      SqlText sql = new SqlText();
      ListQuery query = query(Map.of(name, List.of(value)));
      query.appendFilters(sql);
      query.appendPage(sql, "c.id");
      assertThat(sql.text().chars().filter(c -> c == '$').count())
          .isEqualTo(sql.parameters().size());
    } catch (InvalidQuery refused) {
      assertThat(refused.parameter()).isNotNull();
    }
  }

  @Property
  void anyCursorIsReadOrRefused(@ForAll String cursor) {
    try {
      query(Map.of("cursor", List.of(cursor))).appendPage(new SqlText(), "c.id");
      // The empty text counts as none.
      assertThat(cursor).isEmpty();
    } catch (InvalidQuery refused) {
      assertThat(refused.parameter()).isEqualTo("cursor");
    }
  }

  private static ListQuery query(Map<String, List<String>> parameters) {
    return GRAMMAR.parse(parameters);
  }
}
