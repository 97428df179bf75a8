package io.coffer.web.startup;

import java.util.ArrayList;
import java.util.List;

/** Finds {@code coffer.*} settings that nothing reads: most are misspelt and would act as unset. */
final class UnknownKeys {

  private static final String PREFIX = "coffer.";
  private static final String VARIABLE_PREFIX = "COFFER_";

  private UnknownKeys() {}

  static List<Finding> find(Settings settings, KnownKeys known) {
    List<Finding> findings = new ArrayList<>();
    for (String name : settings.names()) {
      boolean ours = name.startsWith(VARIABLE_PREFIX) || name.startsWith(PREFIX);
      if (ours && !known.contains(name)) {
        findings.add(
            new Finding(
                name,
                "there is no such setting",
                "Correct its spelling or remove it; docs/configuration.md lists all",
                null));
      }
    }
    return findings;
  }
}
