package io.coffer.probe.jdbc;

import io.coffer.probe.Verdict;
import io.coffer.type.connection.ConnectionParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** One kind of database: how its driver logs in, what is asked, and what its errors mean. */
interface Database {

  /** Logs in over guarded sockets. */
  Connection logIn(ConnectionParts parts, SessionTls tls) throws SQLException;

  /** Asks for a row and for what the login may do. */
  Verdict look(Connection connection) throws SQLException;

  /** What an error of its own says; empty if its number or state is not known. */
  Optional<Verdict> read(Trouble trouble);

  /** Whether a log-in with these parts would be one that this driver knows how to make. */
  default boolean canLogIn(ConnectionParts parts, SessionTls tls) {
    return parts.password() != null;
  }
}
