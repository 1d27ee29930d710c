package zhengjian.engine;

import io.camunda.zeebe.scheduler.ActorThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers what waits for the disk into groups and commits one group at a time, in order.
 *
 * <p>While one group is committed the next one gathers. The engine's own threads must not wait for the disk, so they
 * wake the committing thread; a client's thread has nothing better to do and commits itself by {@link #flush}, which
 * saves waking another thread. After a failure nothing is committed any more.
 */
final class CommitQueue<T> {

  /** What commits a group, on whichever thread. */
  interface Committer<T> {
    void commit(List<T> group) throws IOException;

    /** After the last group. */
    void close() throws IOException;
  }

  private final Committer<T> committer;
  private final Consumer<Throwable> broken;
  private final Thread thread = new Thread(this::run, "log-writer");
  private List<T> queue = new ArrayList<>();
  private boolean committing;
  private boolean closing;

  CommitQueue(final Committer<T> committer, final Consumer<Throwable> broken) {
    this.committer = committer;
    this.broken = broken;
    thread.setDaemon(true);
    thread.start();
  }

  synchronized void add(final T item) {
    queue.add(item);
    if (!committing && ActorThread.isCalledFromActorThread()) {
      notify();
    }
  }

  /** Commits what is queued unless somebody is committing: they go on until nothing is queued. */
  void flush() {
    final List<T> group;
    synchronized (this) {
      if (committing || queue.isEmpty()) {
        return;
      }
      group = take();
    }
    try {
      committer.commit(group);
    } catch (final Throwable e) {
      broken.accept(e);
      return; // It stays "committing", so nobody else tries.
    }
    synchronized (this) {
      committing = false;
      if (closing || !queue.isEmpty()) {
        notify();
      }
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

  private synchronized List<T> more() {
    if (queue.isEmpty()) {
      committing = false;
      return List.of();
    }
    return take();
  }

  private void run() {
    try {
      for (var group = awaited(); !group.isEmpty(); group = awaited()) {
        for (; !group.isEmpty(); group = more()) {
          committer.commit(group);
        }
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
