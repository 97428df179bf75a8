package io.coffer.type;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A credential type as the registry knows it.
 *
 * @param id stable across releases and installations for a managed type
 * @param number what clients see that know only integers; 1 to 30 for AWX's managed types
 * @param slug its name in the API
 * @param definitionVersion counts changes of the definition, from 1
 * @param managed whether it came with the application and cannot be changed
 * @param organization the tenant that a custom type belongs to; null for all
 * @param definition what it says
 */
public record CredentialType(
    UUID id,
    long number,
    String slug,
    int definitionVersion,
    boolean managed,
    @Nullable UUID organization,
    TypeDefinition definition) {}
