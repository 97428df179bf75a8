package io.coffer.type;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The managed AWX type that a type stands for.
 *
 * @param kind AWX's own category
 * @param namespace AWX's stable name
 * @param number the id on a fresh AWX, 1 to 30
 * @param name AWX's label
 * @param required ids that AWX lists as required; null where its answer has no such key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AwxType(
    String kind, String namespace, int number, String name, @Nullable List<String> required) {}
