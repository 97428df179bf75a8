package io.coffer.web.startup;

import io.quarkus.runtime.LaunchMode;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to start the packaged application with unsafe or unknown settings, whatever its profile
 * is called. It is a source of configuration without content because that is the one place that
 * runs when all settings are known and before anything connects: a password must not have gone to
 * the database in clear when the check fails.
 */
public final class StartupCheck implements ConfigSourceFactory {

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    if (isPackagedApplication(loader)) {
      check(settings(context), KnownKeys.of(loader));
    }
    return List.of();
  }

  /**
   * Fails with every finding at once.
   *
   * @throws UnsafeSetupException if there is any
   */
  static void check(Settings settings, KnownKeys known) {
    List<Finding> findings = new ArrayList<>(UnsafeSettings.find(settings));
    findings.addAll(MissingSettings.find(settings));
    findings.addAll(UnknownKeys.find(settings, known));
    if (!findings.isEmpty()) {
      throw new UnsafeSetupException(findings);
    }
  }

  /** Configuration is read during the build too, when the class that starts all is not made yet. */
  private static boolean isPackagedApplication(ClassLoader loader) {
    try {
      Class.forName("io.quarkus.runner.ApplicationImpl", false, loader);
      return LaunchMode.current() == LaunchMode.NORMAL;
    } catch (ClassNotFoundException building) {
      return false;
    }
  }

  private static Settings settings(ConfigSourceContext context) {
    Set<String> names = new TreeSet<>();
    context.iterateNames().forEachRemaining(names::add);
    // Each environment variable is offered a second time, with its name guessed as a property.
    names.removeIf(
        name -> !name.equals(Settings.variable(name)) && names.contains(Settings.variable(name)));
    return new Settings() {
      @Override
      public Optional<String> find(String property) {
        @Nullable ConfigValue value = context.getValue(property);
        return Optional.ofNullable(value)
            .map(ConfigValue::getValue)
            .filter(text -> !text.isBlank());
      }

      @Override
      public Set<String> names() {
        return names;
      }
    };
  }
}
