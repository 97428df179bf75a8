package io.coffer.type;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the YAML of packs, anchors and merge keys included. What is not written as a number, as
 * true or false, or as null is a text: neither {@code no} nor a date is anything else.
 */
public final class PackYaml {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private PackYaml() {}

  /** The file as it stands. */
  public static JsonNode tree(InputStream yaml) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    DumperOptions dumping = new DumperOptions();
    try {
      Object content =
          new Yaml(
                  new SafeConstructor(options),
                  new Representer(dumping),
                  dumping,
                  options,
                  new PlainTypes())
              .load(yaml);
      return JSON.valueToTree(content);
    } catch (YAMLException e) {
      throw new IOException(e);
    }
  }

  /**
   * The file as an object of that class.
   *
   * @throws IOException if it is no YAML, or holds what the class does not know
   */
  public static <T> T read(InputStream yaml, Class<T> as) throws IOException {
    return JSON.treeToValue(tree(yaml), as);
  }

  /** YAML's own idea of what a plain word is would make a truth value of {@code no}. */
  private static final class PlainTypes extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, Pattern.compile("true|false"), "tf");
      addImplicitResolver(Tag.INT, Pattern.compile("-?(0|[1-9][0-9]*)"), "-0123456789");
      addImplicitResolver(Tag.FLOAT, Pattern.compile("-?(0|[1-9][0-9]*)\\.[0-9]+"), "-0123456789");
      addImplicitResolver(Tag.MERGE, Pattern.compile("<<"), "<");
      addImplicitResolver(Tag.NULL, Pattern.compile("null|~|"), "n~\0");
    }
  }
}
