package io.coffer.kms;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time a test moves by hand; tasks run on the thread that moves it. */
public final class ManualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {

  private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private final long due;

    Task(Callable<V> work, long due) {
      super(work);
      this.due = due;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - now, TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean isPeriodic() {
      return false;
    }
  }

  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(Comparator.comparingLong(task -> task.due));
  private final List<Duration> delays = new ArrayList<>();
  private long now;

  /** Moves the time, and runs what falls due on the way. */
  public void advance(Duration by) {
    long target = now + by.toNanos();
    for (Task<?> next = tasks.peek(); next != null && next.due <= target; next = tasks.peek()) {
      Task<?> due = tasks.remove();
      now = due.due;
      due.run();
    }
    now = target;
  }

  public long nanos() {
    return now;
  }

  /** How many tasks wait and are not cancelled. */
  public long waiting() {
    return tasks.stream().filter(task -> !task.isCancelled()).count();
  }

  /** Every delay that was asked for, in order. */
  public List<Duration> delays() {
    return List.copyOf(delays);
  }

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          command.run();
          return null;
        },
        delay,
        unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
    delays.add(Duration.ofNanos(unit.toNanos(delay)));
    Task<V> task = new Task<>(work, now + unit.toNanos(delay));
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("nothing here repeats by itself");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("nothing here repeats by itself");
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
