package zhengjian.engine;

import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import io.camunda.zeebe.scheduler.ActorThread;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine's log on disk, with group commit: what arrives while one sync runs is written and synced together next.
 *
 * <p>One thread commits at a time. The engine sees a block, and a client its answer, only after the sync. When the disk refuses, nothing more is
 * written or acknowledged and {@code broken} is told; the process has to end, because after a failed sync nobody knows
 * what the disk holds.
 */
final class DurableLog implements EngineLog {

  private static final int GROUP_BYTES = 8 << 20;

  private record Waiting(long lowest, long highest, ByteBuffer block, AppendListener listener, Runnable then) {}

  private final BlockIndex index = new BlockIndex();
  private final RecentBlocks recent = new RecentBlocks();
  private final Segments segments;
  private final long segmentBytes;
  private final Consumer<Throwable> broken;
  private final Set<CommitListener> listeners = new CopyOnWriteArraySet<>();
  private final Thread writer = new Thread(this::run, "log-writer");
  private final EventTracker events = new EventTracker();
  private List<Waiting> queue = new ArrayList<>();
  private boolean committing;
  private boolean closing;
  private ByteBuffer frame = ByteBuffer.allocateDirect(1 << 20);

  DurableLog(final Path directory, final long segmentBytes, final Consumer<Throwable> broken) throws IOException {
    this.segmentBytes = segmentBytes;
    this.broken = broken;
    segments = new Segments(directory, index);
    events.startAt(newReader(), index.size());
    writer.setDaemon(true);
    writer.start();
  }

  long highest() {
    return segments.highest();
  }

  long cutBytes() {
    return segments.cutBytes();
  }

  String cutFile() {
    return segments.cutFile();
  }

  @Override
  public long lastEvent() {
    return events.last();
  }

  @Override
  public void append(
      final long lowest, final long highest, final BufferWriter content, final AppendListener listener) {
    final var block = ByteBuffer.allocate(content.getLength());
    content.write(new UnsafeBuffer(block), 0);
    enqueue(new Waiting(lowest, highest, block, listener, null));
  }

  @Override
  public void whenDurable(final Runnable then) {
    enqueue(new Waiting(0, 0, null, null, then));
  }

  /**
   * Queues for the next group. The engine's own threads must not wait for the disk, so they wake the writer; a client's
   * thread has nothing better to do and commits itself by {@link #flush}, which saves waking another thread.
   */
  private synchronized void enqueue(final Waiting waiting) {
    queue.add(waiting);
    if (!committing && ActorThread.isCalledFromActorThread()) {
      notify();
    }
  }

  @Override
  public void flush() {
    final List<Waiting> group;
    synchronized (this) {
      if (committing || queue.isEmpty()) {
        return; // Whoever is committing goes on until nothing is queued.
      }
      group = take();
    }
    try {
      commit(group);
    } catch (final Throwable e) {
      broken.accept(e);
      return; // Nobody commits any more.
    }
    synchronized (this) {
      committing = false;
      if (!queue.isEmpty()) {
        notify();
      }
    }
  }

  private List<Waiting> take() {
    final var group = queue;
    queue = new ArrayList<>(group.size());
    committing = true;
    return group;
  }

  private synchronized List<Waiting> next() throws InterruptedException {
    while ((queue.isEmpty() || committing) && !(closing && !committing)) {
      wait();
    }
    return take();
  }

  private synchronized List<Waiting> more() {
    if (queue.isEmpty()) {
      committing = false;
      return List.of();
    }
    return take();
  }

  private void run() {
    try {
      for (var group = next(); !group.isEmpty(); group = next()) {
        for (; !group.isEmpty(); group = more()) {
          commit(group);
        }
      }
      segments.close();
    } catch (final Throwable e) {
      broken.accept(e);
    }
  }

  private void commit(final List<Waiting> group) throws IOException {
    int from = 0;
    while (from < group.size()) {
      int to = from;
      int bytes = Frame.HEADER;
      while (to < group.size() && (to == from || bytes < GROUP_BYTES)) {
        final var block = group.get(to++).block;
        bytes += block == null ? 0 : Frame.BLOCK_HEADER + block.capacity();
      }
      final var part = group.subList(from, to);
      if (bytes > Frame.HEADER) {
        write(part, bytes);
      }
      publish(part);
      from = to;
    }
  }

  private void write(final List<Waiting> part, final int bytes) throws IOException {
    if (segments.current() < 0 || segments.end() > segmentBytes) {
      segments.roll(segments.highest() + 1);
    }
    if (frame.capacity() < bytes) {
      frame = ByteBuffer.allocateDirect(bytes);
    }
    frame.clear().position(Frame.HEADER).limit(bytes);
    int blocks = 0;
    long highest = 0;
    for (final var waiting : part) {
      if (waiting.block != null) {
        frame.putLong(waiting.lowest).putInt(waiting.block.capacity()).put(waiting.block.duplicate().clear());
        highest = waiting.highest;
        blocks++;
      }
    }
    Frame.seal(frame, segments.highest() + 1, highest, blocks);
    segments.append(frame.position(0), highest);
  }

  private void publish(final List<Waiting> part) {
    long offset = segments.frameStart() + Frame.HEADER;
    boolean written = false;
    for (final var waiting : part) {
      if (waiting.block == null) {
        continue;
      }
      written = true;
      offset += Frame.BLOCK_HEADER;
      recent.put(index.size(), waiting.block);
      index.add(waiting.lowest, segments.current(), offset, waiting.block.capacity());
      events.observe(waiting.block);
      offset += waiting.block.capacity();
      waiting.listener.onWrite(index.size(), waiting.highest);
      waiting.listener.onCommit(index.size(), waiting.highest);
    }
    if (written) {
      listeners.forEach(CommitListener::onCommit);
    }
    for (final var waiting : part) {
      if (waiting.then != null) {
        waiting.then.run();
      }
    }
  }

  @Override
  public LogStorageReader newReader() {
    return new Reader();
  }

  @Override
  public void addCommitListener(final CommitListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeCommitListener(final CommitListener listener) {
    listeners.remove(listener);
  }

  /** Writes what is queued, then closes the files. */
  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closing = true;
      notify();
    }
    writer.join();
  }

  /** Reads block after block, the latest from memory and older ones from the file, many at a time. */
  private final class Reader implements LogStorageReader, EventTracker.BlockReader {

    private final ReadAhead ahead = new ReadAhead(segments, index);
    private int next;

    @Override
    public void seek(final long position) {
      next = index.find(position);
    }

    @Override
    public void seekBlock(final int block) {
      next = block;
    }

    @Override
    public boolean hasNext() {
      return next < index.size();
    }

    @Override
    public DirectBuffer next() {
      final int block = next++;
      final var known = recent.get(block);
      return known == null ? ahead.read(block) : new UnsafeBuffer(known);
    }

    @Override
    public void close() {
      ahead.forget();
    }
  }
}
