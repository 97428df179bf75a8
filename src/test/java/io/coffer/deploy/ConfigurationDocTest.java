package io.coffer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.web.startup.KnownKeys;
import io.smallrye.config.ConfigMappingInterface.LeafProperty;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigurationDocTest {

  private static final ClassLoader LOADER = ConfigurationDocTest.class.getClassLoader();
  private static final Properties JAVADOC = KnownKeys.members(LOADER);

  @Test
  void theTableListsEverySetting() throws IOException {
    StringBuilder table =
        new StringBuilder("| setting | kind | default | meaning |\n| --- | --- | --- | --- |\n");
    settings()
        .forEach(
            (name, row) ->
                table.append("| `").append(name).append("` | ").append(row).append(" |\n"));

    GeneratedDocs.assertUpToDate(Path.of("docs", "configuration.md"), "settings", table.toString());
  }

  @Test
  void everySettingIsExplained() {
    assertThat(settings().values()).noneMatch(row -> row.endsWith("| "));
  }

  /** Kind, default and meaning of each setting, by its name. */
  private static Map<String, String> settings() {
    Map<String, String> rows = new TreeMap<>();
    for (Class<?> mapping : KnownKeys.mappings(LOADER)) {
      ConfigMappings.getProperties(ConfigClass.configClass(mapping))
          .forEach((name, property) -> rows.put(placeholders(name), row(property)));
    }
    return rows;
  }

  private static String row(Property property) {
    var method = property.getMethod();
    String member = method.getDeclaringClass().getName().replace('$', '.') + '.' + method.getName();
    return String.join(
        " | ",
        kind(property),
        property.hasDefaultValue() ? "`" + property.getDefaultValue() + "`" : "",
        meaning(JAVADOC.getProperty(member, "")));
  }

  private static String kind(Property property) {
    Class<?> type = valueType(property);
    if (type == Duration.class) {
      return "duration";
    }
    if (type.isEnum()) {
      return "one of "
          + java.util.Arrays.stream(type.getEnumConstants())
              .map(
                  constant ->
                      "`"
                          + constant.toString().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                          + "`")
              .collect(java.util.stream.Collectors.joining(", "));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "number";
    }
    return type == Path.class ? "path" : "text";
  }

  private static Class<?> valueType(Property property) {
    if (property.isPrimitive()) {
      return property.asPrimitive().getPrimitiveType();
    }
    Property value = property;
    if (value.isMap()) {
      value = value.asMap().getValueProperty();
    }
    if (value.isOptional() && value.asOptional().getNestedProperty().isLeaf()) {
      value = value.asOptional().getNestedProperty();
    }
    return value instanceof LeafProperty leaf ? leaf.getValueRawType() : String.class;
  }

  private static String placeholders(String name) {
    return name.replace("[*]", "").replace("*", "<name>");
  }

  /** One line of Markdown out of a javadoc comment. */
  private static String meaning(String javadoc) {
    return javadoc
        .replaceAll("\\{@(?:code|link|literal)\\s+([^}]*)}", "`$1`")
        .replaceAll("</?(?:p|ul|ol|li|em|b|i|a)(?: [^>]*)?>", "")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .trim();
  }
}
