package io.coffer.type.key;

/** A key that anybody can read. */
record PlainKey(KeyType type) implements PrivateKeyBlock {

  @Override
  public KeyInfo info() {
    return new KeyInfo(type, false, false);
  }

  @Override
  public boolean opens(byte[] passphrase) {
    return false;
  }
}
