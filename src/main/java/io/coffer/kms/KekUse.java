package io.coffer.kms;

/**
 * How many data keys a key-encryption key wraps.
 *
 * @param key the key-encryption key
 * @param dataKeys how many it wraps now
 */
public record KekUse(KeyRef key, long dataKeys) {}
