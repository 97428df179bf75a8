package io.coffer.type.connection;

import java.util.Locale;

/** Why a connection string is refused; the names in lower case are part of the API. */
public enum RefusalCode {
  TOO_LONG("is longer than allowed"),
  CONTROL("holds a blank, a control character or a character outside ASCII"),
  SYNTAX("is not written as a connection string of this kind is"),
  SCHEME("begins with a scheme that is not known"),
  TYPE_MISMATCH("is for another type of database than the one declared"),
  USERINFO("has a user name or password in a place where none may stand"),
  HOST("has a host that is no host name and no address"),
  HOST_LITERAL("has an address that is not written in its one canonical way"),
  MULTI_HOST("names several hosts"),
  PORT("has a port that is no number from 1 to 65535"),
  PATH("has a path that is no valid database name"),
  ENCODING("is not percent-encoded as it has to be"),
  PARAM_UNKNOWN("has a parameter that is not allowed"),
  PARAM_DUP("says one thing twice"),
  PARAM_VALUE("has a parameter with a value that is not allowed");

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
