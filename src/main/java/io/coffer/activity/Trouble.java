package io.coffer.activity;

import io.vertx.pgclient.PgException;

/** Names failures for logs: the database's messages quote what was written. */
final class Trouble {

  private Trouble() {}

  static String nameOf(Throwable failure) {
    String name = failure.getClass().getSimpleName();
    return failure instanceof PgException postgres ? name + ' ' + postgres.getSqlState() : name;
  }
}
