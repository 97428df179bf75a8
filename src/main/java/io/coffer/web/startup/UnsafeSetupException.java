package io.coffer.web.startup;

import java.util.List;
import java.util.stream.Collectors;

/** The application must not start as it is configured; the message names every reason at once. */
final class UnsafeSetupException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnsafeSetupException(List<Finding> findings) {
    super(
        findings.stream()
            .map(finding -> "\n- " + finding.line())
            .collect(Collectors.joining("", "Coffer does not start with this configuration:", "")));
  }
}
