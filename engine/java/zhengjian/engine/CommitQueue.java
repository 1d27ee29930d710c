package zhengjian.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gathers what waits for the disk into groups and commits one group at a time, in order, on a thread of its own.
 *
 * <p>While one group is committed the next one gathers, and the engine goes on with other work: measured on a quick disk
 * too, an engine that waits for each commit itself loses a quarter of its throughput, because its groups stay small.
 * After a failure nothing is committed any more.
 */
final class CommitQueue<T> {

  /** What commits a group. */
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
    if (!committing) {
      notify();
    }
  }

  /** Adds something unless all before it is committed; then false. */
  synchronized boolean addUnlessDone(final T item) {
    return (committing || !queue.isEmpty()) && queue.add(item);
  }

  /** The next group; empty at the end. */
  private synchronized List<T> awaited() throws InterruptedException {
    committing = false;
    while (queue.isEmpty() && !closing) {
      wait();
    }
    committing = !queue.isEmpty();
    final var group = queue;
    queue = new ArrayList<>(group.size());
    return group;
  }

  private void run() {
    try {
      for (var group = awaited(); !group.isEmpty(); group = awaited()) {
        committer.commit(group);
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
