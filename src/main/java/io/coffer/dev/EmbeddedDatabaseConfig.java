package io.coffer.dev;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Points the data source at the embedded database in the profiles {@code dev} and {@code test},
 * unless a database is configured. The extension that does the same starts it with {@code fsync}
 * off for good.
 */
public final class EmbeddedDatabaseConfig implements ConfigSourceFactory {

  private static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
  private static final String DIRECTORY = "coffer.dev.directory";
  private static final String DEFAULT_DIRECTORY = ".coffer";
  // Below application.properties, so that a configured database wins.
  private static final int ORDINAL = 200;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    List<String> profiles = context.getProfiles();
    boolean dev = profiles.contains("dev");
    if ((!dev && !profiles.contains("test")) || isSet(context, REACTIVE_URL)) {
      return List.of();
    }
    int port = EmbeddedDatabase.port(dev ? data(context) : null);
    String address = "postgresql://localhost:" + port + "/postgres";
    return List.of(
        new PropertiesConfigSource(
            Map.of(
                REACTIVE_URL,
                address,
                "quarkus.datasource.jdbc.url",
                "jdbc:" + address,
                "quarkus.datasource.username",
                "postgres",
                "quarkus.datasource.password",
                "postgres"),
            "embedded database",
            ORDINAL));
  }

  private static Path data(ConfigSourceContext context) {
    @Nullable ConfigValue set = context.getValue(DIRECTORY);
    String directory = set == null || set.getValue() == null ? DEFAULT_DIRECTORY : set.getValue();
    return Path.of(directory, "postgresql").toAbsolutePath();
  }

  private static boolean isSet(ConfigSourceContext context, String name) {
    @Nullable ConfigValue value = context.getValue(name);
    return value != null && value.getValue() != null && !value.getValue().isBlank();
  }
}
