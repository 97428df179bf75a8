package io.coffer.type.connection;

import java.util.LinkedHashMap;
import java.util.Map;

/** What drivers call the TLS modes. */
final class TlsWords {

  private TlsWords() {}

  static String mysql(TlsMode mode) {
    return switch (mode) {
      case DISABLE -> "DISABLED";
      case REQUIRE -> "REQUIRED";
      case VERIFY_CA -> "VERIFY_CA";
      case VERIFY_FULL, STRICT -> "VERIFY_IDENTITY";
    };
  }

  /** In the order in which they are written. */
  static Map<String, String> sqlServer(TlsMode mode) {
    Map<String, String> words = new LinkedHashMap<>();
    switch (mode) {
      case DISABLE -> words.put("encrypt", "false");
      case REQUIRE -> {
        words.put("encrypt", "true");
        words.put("trustServerCertificate", "true");
      }
      case VERIFY_CA, VERIFY_FULL -> {
        words.put("encrypt", "true");
        words.put("trustServerCertificate", "false");
      }
      case STRICT -> words.put("encrypt", "strict");
    }
    return words;
  }
}
