package io.coffer.activity.verify;

import io.coffer.activity.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What a verification has counted and found so far; of each chain the first place alone. */
final class Tally {

  /** More would help nobody. */
  private static final int MOST = 100;

  private final List<Finding> findings = new ArrayList<>();
  private final Set<UUID> broken = new HashSet<>();
  long chains;
  long events;
  long checkpoints;
  long unbound;
  long credentials;
  boolean tagsChecked;

  void add(Finding finding) {
    UUID writer = finding.writer();
    boolean news = writer == null || broken.add(writer);
    if (news && findings.size() < MOST) {
      findings.add(finding);
    }
  }

  void chain(Kind kind, UUID writer, long sequence, String message) {
    add(Finding.ofChain(kind, writer, sequence, message));
  }

  boolean isBroken(UUID writer) {
    return broken.contains(writer);
  }

  Report report(boolean complete) {
    return new Report(
        findings.isEmpty(),
        complete,
        tagsChecked,
        chains,
        events,
        checkpoints,
        unbound,
        credentials,
        findings);
  }
}
