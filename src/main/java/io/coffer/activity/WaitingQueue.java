package io.coffer.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Who waits for a record: anybody enters, the writer alone takes. */
final class WaitingQueue {

  private final int bound;
  private final AtomicInteger size = new AtomicInteger();
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();

  WaitingQueue(int bound) {
    this.bound = bound;
  }

  /** Enters the queue; false if it is full. */
  boolean offer(Waiting caller) {
    if (size.incrementAndGet() > bound) {
      size.decrementAndGet();
      return false;
    }
    return queue.add(caller);
  }

  /** Takes those who wait longest. */
  List<Waiting> take(int most) {
    List<Waiting> taken = new ArrayList<>();
    while (taken.size() < most) {
      Waiting next = queue.poll();
      if (next == null) {
        break;
      }
      taken.add(next);
    }
    size.addAndGet(-taken.size());
    return taken;
  }

  /** Takes those who wait since before a time, in nanoseconds. */
  List<Waiting> takeSince(long before) {
    List<Waiting> taken = new ArrayList<>();
    Waiting next = queue.peek();
    while (next != null && next.since() - before < 0) {
      taken.addAll(take(1));
      next = queue.peek();
    }
    return taken;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  int size() {
    return size.get();
  }
}
