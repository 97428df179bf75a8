package io.coffer.type.connection;

import java.util.Locale;

/** Why a connection string is refused; the names in lower case are part of the API. */
public enum RefusalCode {
  TOO_LONG("is longer than allowed"),
  CONTROL("must be printable ASCII without blanks; percent-encode what is not"),
  SYNTAX(
      "must be written as in scheme://user:password@host:port/database, or as in the database's"
          + " JDBC URL, with percent-encoding for characters that mean something there"),
  SCHEME("must begin with a scheme that is known"),
  TYPE_MISMATCH("is for another type of database than the one declared"),
  USERINFO(
      "and password must not stand there, nor hold an unencoded @ : or /; give them in"
          + " scheme://user:password@, percent-encoded, or as fields"),
  HOST("must be a host name or an address that a database of this type can have"),
  HOST_LITERAL("must be an address in its canonical form, such as 192.0.2.1 or [2001:db8::1]"),
  MULTI_HOST("must be one host, not several"),
  PORT("must be a number from 1 to 65535, and the provider's own for a hosted database"),
  PATH("must be one name that a database of this type can have"),
  ENCODING("must be percent-encoded exactly where a character needs it"),
  PARAM_UNKNOWN("is not allowed"),
  PARAM_DUP("is given twice, or says again what another one says"),
  PARAM_VALUE("has a value that is not allowed");

  private final String words;

  RefusalCode(String words) {
    this.words = words;
  }

  /** The code as the API shows it, such as {@code param_unknown}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong, as the end of a sentence that begins with the name of a part. */
  public String words() {
    return words;
  }
}
