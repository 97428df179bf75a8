package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a credential becomes a file.
 *
 * @param name the file's name, without a folder
 * @param nameField the field that gives another name; null if there is no choice
 * @param field the field that is the content; null if a template makes it
 * @param template the content in the injector language; null if a field is the content
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record FileRule(
    String name, @Nullable String nameField, @Nullable String field, @Nullable String template) {}
