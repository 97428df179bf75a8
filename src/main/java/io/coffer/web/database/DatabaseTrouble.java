package io.coffer.web.database;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a failure means that the database cannot be reached or is too busy, by the client's
 * types and SQL states. Messages are not looked at: they may quote values.
 */
public final class DatabaseTrouble {

  /**
   * Classes of SQL state (PostgreSQL, appendix A) that pass by themselves: connection exceptions,
   * insufficient resources, operator intervention, system errors.
   */
  private static final Set<String> PASSING = Set.of("08", "53", "57", "58");

  private static final int MAX_CAUSES = 10;

  /** Vert.x' own class for a wait that was too long or a queue that was full; it is not public. */
  private static final String NO_STACK_TRACE = "io.vertx.core.impl.NoStackTraceThrowable";

  private DatabaseTrouble() {}

  /** Whether the failure or one of its causes is such a trouble. */
  public static boolean isBehind(Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
      boolean trouble =
          switch (cause) {
            case PgException postgres -> passes(postgres.getSqlState());
            case SQLException sql -> passes(sql.getSQLState());
            // What the pool says when nobody could be connected in time, or too many wait.
            case VertxException ignored -> true;
            case IOException ignored -> true;
            default -> cause.getClass().getName().equals(NO_STACK_TRACE);
          };
      if (trouble) {
        return true;
      }
    }
    return false;
  }

  private static boolean passes(@Nullable String state) {
    return state != null && state.length() == 5 && PASSING.contains(state.substring(0, 2));
  }
}
