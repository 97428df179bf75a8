package io.coffer.type.key;

/**
 * What can be told of a private key without its passphrase.
 *
 * @param type its algorithm; {@link KeyType#UNKNOWN} if it is encrypted and its wrapping is silent
 * @param encrypted whether a passphrase is needed to open it
 * @param openSsh whether it is in OpenSSH's own form, which few other programs read
 */
public record KeyInfo(KeyType type, boolean encrypted, boolean openSsh) {}
