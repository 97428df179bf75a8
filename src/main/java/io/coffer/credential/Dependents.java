package io.coffer.credential;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** Tells what refers to a credential; each package whose things refer to credentials has one. */
public interface Dependents {

  /** How many of each kind are told, at most. */
  int MOST = 100;

  /** What stops working when the credential is gone, at most {@link #MOST}. */
  Uni<List<Dependent>> of(UUID credential);
}
