package io.coffer.dev;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The database server that a killed JVM left behind. It is its own process and goes on with nobody
 * to stop it, and no other one starts on its files meanwhile.
 */
final class OrphanedDatabase {

  private static final Logger LOG = Logger.getLogger(OrphanedDatabase.class);

  /** The library locks this as long as its JVM lives. */
  private static final String LOCK = "epg-lock";

  /** Process id, directory and start in seconds since 1970, a line each. */
  private static final String SERVER = "postmaster.pid";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Between the start of a process and its note of that. */
  private static final Duration TOLERANCE = Duration.ofSeconds(10);

  private OrphanedDatabase() {}

  /**
   * Stops the server on these files if its JVM is gone. With its JVM gone nobody is connected, so
   * that it ends as it does on any other day.
   *
   * @throws IllegalStateException if another JVM uses the files, or the server does not end; the
   *     message says what to do
   */
  static void stop(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      return;
    }
    if (isLocked(data)) {
      throw new IllegalStateException(
          "another Coffer in dev mode uses the database in "
              + data
              + "; stop that one, or give this one another directory (coffer.dev.directory)");
    }
    Optional<ProcessHandle> server = server(data);
    if (server.isPresent()) {
      end(server.get());
    }
  }

  private static boolean isLocked(Path data) throws IOException {
    Path file = data.resolve(LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException ofThisJvm) {
      return true;
    }
  }

  /** The process that the files name, if it is that one still and not a later one of its number. */
  private static Optional<ProcessHandle> server(Path data) throws IOException {
    Path file = data.resolve(SERVER);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3 || !isNumber(lines.get(0)) || !isNumber(lines.get(2))) {
      return Optional.empty();
    }
    Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().orElse("postgres").contains("postgres"))
        .filter(process -> isClose(process.info().startInstant().orElse(started), started));
  }

  private static boolean isNumber(String line) {
    return line.strip().matches("\\d{1,18}");
  }

  private static boolean isClose(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TOLERANCE) < 0;
  }

  private static void end(ProcessHandle server) {
    LOG.warnf(
        "a killed run left its database server behind (process %d): it is stopped", server.pid());
    boolean asked = server.destroy();
    try {
      if (asked) {
        server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return;
      }
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("the server did not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(
        "a killed run left its database server behind, and it does not end; stop it by hand: kill -INT "
            + server.pid());
  }
}
