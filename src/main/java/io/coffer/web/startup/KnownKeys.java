package io.coffer.web.startup;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The {@code coffer.*} properties that the application knows, from all its config mappings. */
public final class KnownKeys {

  /** Written at build for the reference of the configuration: one line per documented member. */
  private static final String MEMBERS = "META-INF/quarkus-javadoc.properties";

  private final Set<String> names;
  private final List<Pattern> patterns = new ArrayList<>();

  /**
   * @param names property names with {@code *} for the key of a map, {@code [*]} for a list's place
   */
  public KnownKeys(Set<String> names) {
    this.names = names;
    for (String name : names) {
      patterns.add(Pattern.compile(dotted(name)));
      patterns.add(Pattern.compile(variable(name)));
    }
  }

  /** The keys of all config mappings in the class path of {@code loader}. */
  public static KnownKeys of(ClassLoader loader) {
    Set<String> names = new TreeSet<>();
    for (Class<?> mapping : mappings(loader)) {
      names.addAll(ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet());
    }
    return new KnownKeys(names);
  }

  /** The interfaces of this application that carry {@link ConfigMapping}. */
  public static List<Class<?>> mappings(ClassLoader loader) {
    Set<String> classes = new TreeSet<>();
    for (String member : members(loader).stringPropertyNames()) {
      classes.add(member.substring(0, member.lastIndexOf('.')));
    }
    List<Class<?>> mappings = new ArrayList<>();
    for (String name : classes) {
      try {
        Class<?> type = Class.forName(name, false, loader);
        if (type.isAnnotationPresent(ConfigMapping.class)) {
          mappings.add(type);
        }
      } catch (ClassNotFoundException nested) {
        // A member class is spelt with a dot here; its outer interface lists its properties.
        continue;
      }
    }
    return mappings;
  }

  /** The names, with {@code *} for the key of a map and {@code [*]} for a place in a list. */
  public Set<String> names() {
    return names;
  }

  /** Whether a property or an environment variable of this name is one of the keys. */
  public boolean contains(String name) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  /** The javadoc of each member, by class and method. */
  public static Properties members(ClassLoader loader) {
    Properties members = new Properties();
    try (InputStream in = loader.getResourceAsStream(MEMBERS)) {
      if (in == null) {
        throw new IllegalStateException("the application was packaged without " + MEMBERS);
      }
      members.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members;
  }

  private static String dotted(String name) {
    StringBuilder regex = new StringBuilder();
    for (String part : name.split("(?=\\.)|(?<=\\.)", -1)) {
      if (part.equals("*")) {
        regex.append("(\"[^\"]+\"|[^.\"]+)");
      } else if (part.endsWith("[*]")) {
        regex.append(Pattern.quote(part.substring(0, part.length() - 3))).append("(\\[\\d+])?");
      } else {
        regex.append(Pattern.quote(part));
      }
    }
    return regex.toString();
  }

  /** As an environment variable spells it: upper case, everything else an underscore. */
  private static String variable(String name) {
    return name.replace("[*]", "(_\\d+_?)?")
        .replace(".*", "_.+")
        .replace("-", "_")
        .replaceAll("\\.(?!\\+)", "_")
        .transform(KnownKeys::upperCaseOutsideClasses);
  }

  private static String upperCaseOutsideClasses(String regex) {
    // The only letter of a character class in use is the d of \d.
    return regex.toUpperCase(Locale.ROOT).replace("\\D", "\\d");
  }
}
