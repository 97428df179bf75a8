package io.coffer.type;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.tag.Tag;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The template language of injectors: the part of Jinja that AWX's types use. Templates see the
 * values that they are given and nothing else; size, depth and work are bounded. A value is never
 * read as a template. Safe for threads.
 */
final class Templates {

  private static final int MAX_LENGTH = 64 * 1024;
  private static final int MAX_ITEMS = 1_000;

  private static final Set<String> TAGS =
      Set.of("if", "elif", "else", "endif", "for", "endfor", "set", "raw", "endraw");
  private static final Set<String> FILTERS =
      Set.of(
          "abs",
          "b64decode",
          "b64encode",
          "bool",
          "capitalize",
          "count",
          "d",
          "default",
          "first",
          "float",
          "indent",
          "int",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "replace",
          "reverse",
          "string",
          "title",
          "tojson",
          "trim",
          "upper",
          "urlencode");
  private static final Set<String> TESTS =
      Set.of(
          "boolean",
          "defined",
          "eq",
          "equalto",
          "even",
          "in",
          "iterable",
          "lower",
          "mapping",
          "ne",
          "none",
          "number",
          "odd",
          "sequence",
          "string",
          "undefined",
          "upper");

  private static final Jinjava ENGINE = new Jinjava();
  private static final Map<Library, Set<String>> DISABLED = disabled();

  private Templates() {}

  /**
   * Renders a template.
   *
   * @param place where the template stands in its type
   * @param values the names that the template may use; null values are declared but not set and
   *     render as nothing
   * @throws TypeFailure.TemplateRefused if it does not render with them
   */
  static String render(String place, String template, Map<String, ?> values) {
    TemplateFault shape = TemplateShape.fault(template);
    if (shape != null) {
      throw new TypeFailure.TemplateRefused(place, shape, List.of());
    }
    TemplateRun run = new TemplateRun(Set.copyOf(values.keySet()));
    String output =
        run.render(ENGINE, config(run), withoutLastNewline(template), new HashMap<>(values));
    if (run.fault() != null) {
      throw new TypeFailure.TemplateRefused(place, run.fault(), List.of());
    }
    if (!run.undefined().isEmpty()) {
      throw new TypeFailure.TemplateRefused(
          place, TemplateFault.UNDEFINED, List.copyOf(run.undefined()));
    }
    if (!run.errors().isEmpty()) {
      throw new TypeFailure.TemplateRefused(place, fault(run.errors().getFirst()), List.of());
    }
    return output;
  }

  /** As Jinja does by default. */
  private static String withoutLastNewline(String template) {
    return template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
  }

  private static JinjavaConfig config(TemplateRun run) {
    return JinjavaConfig.newBuilder()
        .withDisabled(DISABLED)
        .withElResolver(new TemplateResolver(run))
        .withProcessors(JinjavaProcessors.newBuilder().withNodePreProcessor(run::step).build())
        // Else a value that looks like a template would be rendered as one.
        .withNestedInterpretationEnabled(false)
        .withMaxOutputSize(MAX_LENGTH)
        .withMaxStringLength(MAX_LENGTH)
        .withMaxRenderDepth(TemplateShape.MAX_DEPTH)
        .withMaxListSize(MAX_ITEMS)
        .withMaxMapSize(MAX_ITEMS)
        .withRangeLimit(MAX_ITEMS)
        .build();
  }

  private static TemplateFault fault(TemplateError error) {
    return switch (error.getReason()) {
      case SYNTAX_ERROR -> TemplateFault.SYNTAX;
      case DISABLED -> TemplateFault.UNSAFE;
      case OUTPUT_TOO_BIG -> TemplateFault.OUTPUT_TOO_LARGE;
      case OVER_LIMIT, COLLECTION_TOO_BIG -> TemplateFault.TOO_MUCH_WORK;
      default -> TemplateFault.FAILED;
    };
  }

  private static Map<Library, Set<String>> disabled() {
    Context all = ENGINE.getGlobalContext();
    return Map.of(
        Library.TAG, without(TAGS, all.getAllTags(), Tag::getName),
        Library.FILTER, without(FILTERS, all.getAllFilters(), Filter::getName),
        Library.EXP_TEST, without(TESTS, all.getAllExpTests(), ExpTest::getName),
        Library.FUNCTION,
            without(Set.of(":range"), all.getAllFunctions(), ELFunctionDefinition::getName));
  }

  private static <T> Set<String> without(
      Set<String> allowed, Collection<T> all, Function<T, String> name) {
    return all.stream()
        .map(name)
        .filter(known -> !allowed.contains(known))
        .collect(Collectors.toUnmodifiableSet());
  }
}
