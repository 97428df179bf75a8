package io.coffer.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name its name
 * @param dataType its type as the database writes it
 * @param nullable whether it may be null; null: not known
 * @param defaultValue the expression of its default; null: none
 * @param description what somebody wrote about it; null: nothing
 */
public record Column(
    String name,
    String dataType,
    @Nullable Boolean nullable,
    @Nullable String defaultValue,
    @Nullable String description) {}
