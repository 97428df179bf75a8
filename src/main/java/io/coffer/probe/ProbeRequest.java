package io.coffer.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.coffer.secret.SecretFields;
import io.coffer.type.CredentialType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A value to look at.
 *
 * @param organization the tenant on whose behalf the call is made
 * @param type what the value is of; defaults of fields are in its definition
 * @param setting what the type tells the kind of probe, a text or an object; not to be changed
 * @param plain the plain fields that are set
 * @param secrets the secret fields that are set, open until the probe's Uni has ended. They stay
 *     the caller's, who closes them; a probe closes the copies that it makes
 * @param deadline when the probe must have ended
 */
public record ProbeRequest(
    UUID organization,
    CredentialType type,
    JsonNode setting,
    Map<String, Object> plain,
    SecretFields secrets,
    Instant deadline) {

  /** Names no field but those of the type: values of plain fields are shown to readers only. */
  @Override
  public String toString() {
    return "ProbeRequest[" + type.slug() + ']';
  }
}
