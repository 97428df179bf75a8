package io.coffer.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

  private static final Map<String, @Nullable Object> VALUES = values();

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          {{ user }}  => ann
          a {{ unset }}b  => a b
          {{ unset | default(user) }}  => ann
          {{ user | upper }}  => ANN
          {{ user | b64encode }}  => YW5u
          {{ yes }} {{ no }}  => True False
          {% if no %}a{% else %}b{% endif %}  => b
          {% if unset %}a{% elif yes %}b{% endif %}  => b
          {% if unset is defined %}a{% else %}b{% endif %}  => b
          {{ 'x' if user == 'ann' else 'y' }}  => x
          {{ user ~ '@' ~ host }}  => ann@h.example
          {% for item in items %}{{ item }},{% endfor %}  => a,b,
          {{ items | join(' ') }}  => a b
          {% set full = user + host %}{{ full | length }}  => 12
          {{ tower.filename }}  => /run/f
          {% raw %}{{ user }}{% endraw %}{# not shown #}  => {{ user }}
          <{{ markup }}>  => <<a & 'b'>>
          """)
  void rendersWhatAwxTypesUse(String template, String expected) {
    assertThat(Templates.render("t", template, VALUES)).isEqualTo(expected);
  }

  @Test
  void neverReadsAValueAsATemplate() {
    assertThat(Templates.render("t", "{{ hostile }}", VALUES)).isEqualTo("{{ user }}{% if %}");
  }

  @Test
  void dropsTheLastLineBreakOfATemplateAsJinjaDoes() {
    assertThat(Templates.render("t", "{{ user }}\n\n", VALUES)).isEqualTo("ann\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ nope }}",
        "{{ nope | upper }}",
        "{{ nope | default('x') }}",
        "{% if nope %}{% endif %}",
        "{{ user ~ nope }}",
        "{% for i in nope %}{% endfor %}"
      })
  void namesWhatIsNotDefined(String template) {
    TypeFailure.TemplateRefused failure = refused(template);
    assertThat(failure.fault()).isEqualTo(TemplateFault.UNDEFINED);
    assertThat(failure.variables()).containsExactly("nope");
  }

  @Test
  void namesAFileThatIsNotDefined() {
    assertThat(refused("{{ tower.filename2 }}").variables()).containsExactly("tower.filename2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ user.getClass() }}",
        "{{ 'a'.repeat(99) }}",
        "{{ user.class }}",
        "{{ user.__class__ }}",
        "{{ items.add('x') }}",
        "{{ tower.clear() }}",
        "{{ items.size() }}",
        "{{ ____int3rpr3t3r____ }}",
        "{{ ____int3rpr3t3r____.config }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{% from 'x' import y %}",
        "{% macro m() %}{% endmacro %}",
        "{% do items.append(1) %}",
        "{{ user | random }}",
        "{{ user | pprint }}",
        "{{ user | map('upper') }}",
        "{{ now() }}",
        "{{ unixtimestamp() }}"
      })
  void refusesWhatReachesBeyondTheValues(String template) {
    assertThat(refused(template).fault())
        .isIn(TemplateFault.UNSAFE, TemplateFault.SYNTAX, TemplateFault.UNDEFINED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{ user", "{% if user %}", "{{ user | }}", "{{ user | nofilter }}", "{% nope %}"})
  void refusesWhatIsNotWrittenInTheLanguage(String template) {
    assertThat(refused(template).fault()).isIn(TemplateFault.SYNTAX, TemplateFault.UNDEFINED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(1000) %}{% for b in range(1000) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
        "{% for a in range(100) %}{% for b in range(40) %}xxxxxxxxxxxxxxxxxxxx{% endfor %}{% endfor %}"
      })
  void boundsWorkAndOutput(String template) {
    assertThat(refused(template).fault())
        .isIn(TemplateFault.TOO_MUCH_WORK, TemplateFault.OUTPUT_TOO_LARGE);
  }

  @Test
  void boundsDepth() {
    assertThat(refused("{{ " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + " }}").fault())
        .isEqualTo(TemplateFault.TOO_DEEP);
    assertThat(refused("{% if yes %}".repeat(2_000) + "{% endif %}".repeat(2_000)).fault())
        .isEqualTo(TemplateFault.TOO_DEEP);
  }

  @Test
  void survivesTheDeepestThatItLetsThrough() {
    String deep = "{% if yes %}".repeat(250) + "x" + "{% endif %}".repeat(250);
    try {
      assertThat(Templates.render("t", deep, VALUES)).isEqualTo("x");
    } catch (TypeFailure.TemplateRefused refused) {
      assertThat(refused.fault()).isNotEqualTo(TemplateFault.UNSAFE);
    }
    String nested = "{{ " + "(".repeat(45) + "1" + ")".repeat(45) + " }}";
    assertThat(Templates.render("t", nested, VALUES)).isEqualTo("1");
  }

  @Test
  void keepsValuesOutOfFailures() {
    for (String template : List.of("{{ user.nope }}", "{{ user * 3 }}")) {
      assertThat(refused(template).toString()).doesNotContain("ann");
    }
  }

  private static TypeFailure.TemplateRefused refused(String template) {
    return catchThrowableOfType(
        TypeFailure.TemplateRefused.class, () -> Templates.render("t", template, VALUES).length());
  }

  private static Map<String, @Nullable Object> values() {
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("user", "ann");
    values.put("host", "h.example");
    values.put("unset", null);
    values.put("yes", "True");
    values.put("no", "False");
    values.put("items", List.of("a", "b"));
    values.put("tower", Map.of("filename", "/run/f"));
    values.put("hostile", "{{ user }}{% if %}");
    values.put("markup", "<a & 'b'>");
    return values;
  }
}
