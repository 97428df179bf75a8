package io.coffer.credential;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that refers to a credential.
 *
 * @param kind what it is, for example {@code connection}
 * @param id its id
 */
@Schema(name = "CredentialDependent")
public record Dependent(
    @Schema(description = "default: the default of its type; copy: made from it") String kind,
    UUID id) {}
