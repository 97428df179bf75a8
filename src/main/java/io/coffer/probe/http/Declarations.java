package io.coffer.probe.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.type.probe.HttpCase;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Declarations that were read already; a bounded number of them. */
final class Declarations {

  private static final int MOST = 1_000;

  private final ConcurrentHashMap<JsonNode, List<HttpCase>> read = new ConcurrentHashMap<>();

  /**
   * The cases of a setting.
   *
   * @throws IllegalArgumentException if it is no declaration, which types are checked for
   */
  List<HttpCase> of(JsonNode setting) {
    if (read.size() >= MOST) {
      read.clear();
    }
    return read.computeIfAbsent(setting, HttpCase::read);
  }
}
