package zhengjian.engine;

import io.camunda.zeebe.scheduler.ActorThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers what waits for the disk into groups and commits one group at a time, in order.
 *
 * <p>While one group is committed the next one gathers. Whoever has added something commits it by {@link #flush}, which
 * saves waking another thread, unless somebody is committing already. Only when the disk is slow do the engine's own
 * threads, which must not wait for it, leave this to the queue's thread. After a failure nothing is committed any more.
 */
final class CommitQueue<T> {

  /** What commits a group, on whichever thread. */
  interface Committer<T> {
    void commit(List<T> group) throws IOException;

    /** After the last group. */
    void close() throws IOException;
  }

  private static final long QUICK_NANOS = 500_000;
  private static final int SMOOTHING = 16;
  private static final int ROUNDS = 8;

  private final Committer<T> committer;
  private final Consumer<Throwable> broken;
  private final Thread thread = new Thread(this::run, "log-writer");
  private List<T> queue = new ArrayList<>();
  private boolean committing;
  private boolean closing;
  private volatile long usualNanos;

  CommitQueue(final Committer<T> committer, final Consumer<Throwable> broken) {
    this.committer = committer;
    this.broken = broken;
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void add(final T item) {
    queue.add(item);
  }

  /** Adds something unless all before it is committed; then false. */
  synchronized boolean addUnlessDone(final T item) {
    return (committing || !queue.isEmpty()) && queue.add(item);
  }

  /** Sees to what is queued, unless somebody is committing: they go on until nothing is queued. */
  void flush() {
    final boolean engine = ActorThread.isCalledFromActorThread();
    final List<T> group;
    synchronized (this) {
      if (committing || queue.isEmpty()) {
        return;
      }
      if (engine && usualNanos > QUICK_NANOS) {
        notify();
        return;
      }
      group = take();
    }
    try {
      // The engine has other work to do, and a client's thread some day too.
      commit(group, engine ? 1 : ROUNDS);
    } catch (final Throwable e) {
      broken.accept(e);
      return; // It stays "committing", so nobody else tries.
    }
  }

  private void commit(final List<T> first, final int rounds) throws IOException {
    var group = first;
    for (int round = 1; !group.isEmpty(); round++) {
      final long begin = System.nanoTime();
      committer.commit(group);
      usualNanos += (System.nanoTime() - begin - usualNanos) / SMOOTHING;
      group = more(round < rounds);
    }
  }

  private List<T> take() {
    final var group = queue;
    queue = new ArrayList<>(group.size());
    committing = true;
    return group;
  }

  /** The next group, empty at the end. */
  private synchronized List<T> awaited() throws InterruptedException {
    while (committing || (queue.isEmpty() && !closing)) {
      wait();
    }
    return take();
  }

  /** What has gathered meanwhile; when nothing has, or this thread shall not go on, others may. */
  private synchronized List<T> more(final boolean goOn) {
    if (goOn && !queue.isEmpty()) {
      return take();
    }
    committing = false;
    if (closing || !queue.isEmpty()) {
      notify();
    }
    return List.of();
  }

  private void run() {
    try {
      for (var group = awaited(); !group.isEmpty(); group = awaited()) {
        commit(group, Integer.MAX_VALUE);
      }
      committer.close();
    } catch (final Throwable e) {
      broken.accept(e);
    }
  }

  /** Commits what is queued, then ends. */
  void close() throws InterruptedException {
    synchronized (this) {
      closing = true;
      notify();
    }
    thread.join();
  }
}
