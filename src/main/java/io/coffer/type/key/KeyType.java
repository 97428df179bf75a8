package io.coffer.type.key;

/** The algorithms of private keys. */
public enum KeyType {
  RSA,
  DSA,
  EC,
  ED25519,
  ED448,
  X25519,
  X448,
  /** A key whose secret half stays in a security key. */
  SECURITY_KEY,
  /** Encrypted in a form that does not tell. */
  UNKNOWN
}
