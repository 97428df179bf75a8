package io.coffer.egress;

/** What belongs to this service itself and is nobody's to call through it. */
interface OwnPlaces {

  /** None. */
  OwnPlaces NONE =
      new OwnPlaces() {
        @Override
        public boolean isOwnName(String host, int port) {
          return false;
        }

        @Override
        public Kind kind(byte[] address, int port) {
          return Kind.FOREIGN;
        }
      };

  /** What a place is to this service. */
  enum Kind {
    /** Nothing. */
    FOREIGN,
    /**
     * An identity provider or a key management service. At a public address it serves everybody,
     * and users have credentials for it; at another address nothing opens it.
     */
    SHARED,
    /** The database, or where this service listens: never to be called. */
    PRIVATE
  }

  /** Whether that is never to be called, as it is written in our own configuration. */
  boolean isOwnName(String host, int port);

  /**
   * What a place is.
   *
   * @param address 4 or 16 bytes
   */
  Kind kind(byte[] address, int port);
}
