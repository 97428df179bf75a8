package io.coffer.credential;

import io.coffer.access.Caller;
import java.util.Map;
import java.util.SortedSet;

/**
 * What somebody does to a credential, as the record shall say it.
 *
 * @param caller who does it
 * @param action what it is, for example {@code create}
 * @param details further codes by name; never content
 */
record Deed(Caller caller, String action, Map<String, String> details) {

  private static final int MAX_DETAIL = 4096;

  Deed {
    details = Map.copyOf(details);
  }

  static Deed of(Caller caller, String action) {
    return new Deed(caller, action, Map.of());
  }

  /** A change of members that are named, not shown. */
  static Deed change(Caller caller, SortedSet<String> members) {
    StringBuilder names = new StringBuilder();
    for (String member : members) {
      if (names.length() + member.length() < MAX_DETAIL) {
        names.append(names.isEmpty() ? "" : ",").append(member);
      }
    }
    return new Deed(caller, "change", Map.of("changed", names.toString()));
  }
}
