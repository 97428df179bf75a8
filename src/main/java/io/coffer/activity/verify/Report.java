package io.coffer.activity.verify;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a verification found.
 *
 * @param intact whether nothing is wrong as far as it was looked at
 * @param complete whether all was looked at
 * @param tagsChecked whether the tags of checkpoints were checked, which needs the key management
 *     service
 * @param chains how many chains were read
 * @param events how many events
 * @param checkpoints how many checkpoints
 * @param unbound how many events are in no checkpoint yet
 * @param credentials how many credentials were compared with their last change
 * @param findings the first broken place of each chain, and what else is wrong
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "ActivityVerification")
public record Report(
    boolean intact,
    boolean complete,
    boolean tagsChecked,
    long chains,
    long events,
    long checkpoints,
    long unbound,
    long credentials,
    List<Finding> findings) {

  public Report {
    findings = List.copyOf(findings);
  }
}
