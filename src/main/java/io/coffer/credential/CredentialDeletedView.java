package io.coffer.credential;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A credential that was just deleted, with what referred to it. */
@Schema(name = "DeletedCredential")
record CredentialDeletedView(
    @JsonUnwrapped CredentialView credential,
    @Schema(description = "What refers to it") List<Dependent> dependents) {}
