package io.coffer.leak;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The application as an operator would set it to see all that it can tell. */
public final class LeakProfile implements QuarkusTestProfile {

  /** Loggers whose least level must hold against this. */
  static final List<String> LIMITED =
      List.of(
          "WebApplicationException",
          "io.netty.handler.logging",
          "org.jboss.resteasy.reactive",
          "org.jboss.resteasy.reactive.server.handlers",
          "software.amazon.awssdk",
          "software.amazon.awssdk.protocols.json");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("quarkus.log.min-level", "TRACE");
    settings.put("quarkus.log.level", "TRACE");
    LIMITED.forEach(name -> settings.put("quarkus.log.category.\"" + name + "\".level", "TRACE"));
    // The test reads the records themselves.
    settings.put("quarkus.log.console.level", "FATAL");
    // So that data keys travel for every use.
    settings.put("coffer.keys.cache.max-uses", "1");
    return settings;
  }
}
