package zhengjian.engine;

import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine's log on disk, with group commit: what arrives while one sync runs is written and synced together next.
 *
 * <p>The engine sees a block, and a client its answer, only after the sync. When the disk refuses, nothing more is
 * written or acknowledged and {@code broken} is told; the process has to end, because after a failed sync nobody knows
 * what the disk holds.
 */
final class DurableLog implements EngineLog, CommitQueue.Committer<DurableLog.Waiting> {

  private static final int GROUP_BYTES = 8 << 20;
  private static final int FIRST_FRAME_BYTES = 1 << 20;

  /** A block to write, or, without one, something to run once all before it is durable. */
  record Waiting(long lowest, long highest, ByteBuffer block, AppendListener listener, Runnable then) {

    int bytes() {
      return block == null ? 0 : Frame.BLOCK_HEADER + block.capacity();
    }
  }

  private final BlockIndex index = new BlockIndex();
  private final RecentBlocks recent = new RecentBlocks();
  private final EventTracker events = new EventTracker();
  private final Set<CommitListener> listeners = new CopyOnWriteArraySet<>();
  private final Segments segments;
  private final long segmentBytes;
  private final CommitQueue<Waiting> queue;
  private ByteBuffer frame = ByteBuffer.allocateDirect(FIRST_FRAME_BYTES);

  DurableLog(final Path directory, final long segmentBytes, final Consumer<Throwable> broken) throws IOException {
    this.segmentBytes = segmentBytes;
    segments = new Segments(directory, index);
    events.startAt(new LogReader(index, recent, new ReadAhead(segments, index)), index.size());
    queue = new CommitQueue<>(this, broken);
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
    queue.add(new Waiting(lowest, highest, block, listener, null));
  }

  @Override
  public void whenDurable(final Runnable then) {
    if (!queue.addUnlessDone(new Waiting(0, 0, null, null, then))) {
      then.run();
    }
  }

  @Override
  public void commit(final List<Waiting> group) throws IOException {
    int from = 0;
    while (from < group.size()) {
      int to = from;
      int bytes = 0;
      while (to < group.size() && (to == from || bytes < GROUP_BYTES)) {
        bytes += group.get(to++).bytes();
      }
      final var part = group.subList(from, to);
      if (bytes > 0) {
        write(part, Frame.HEADER + bytes);
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
    long highest = segments.highest();
    for (final var waiting : part) {
      if (waiting.block != null) {
        if (waiting.lowest != highest + 1) {
          throw new IOException("position " + (highest + 1) + " was to come, not " + waiting.lowest);
        }
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
    final int known = index.size();
    for (final var waiting : part) {
      if (waiting.block != null) {
        show(waiting, offset + Frame.BLOCK_HEADER);
        offset += waiting.bytes();
      }
    }
    if (index.size() > known) {
      listeners.forEach(CommitListener::onCommit);
    }
    for (final var waiting : part) {
      if (waiting.then != null) {
        waiting.then.run();
      }
    }
  }

  private void show(final Waiting waiting, final long offset) {
    recent.put(index.size(), waiting.block);
    events.observe(waiting.block);
    index.add(waiting.lowest, segments.current(), offset, waiting.block.capacity());
    waiting.listener.onWrite(index.size(), waiting.highest);
    waiting.listener.onCommit(index.size(), waiting.highest);
  }

  @Override
  public LogStorageReader newReader() {
    return new LogReader(index, recent, new ReadAhead(segments, index));
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
  public void shutDown() throws InterruptedException {
    queue.close();
  }

  @Override
  public void close() throws IOException {
    segments.close();
  }
}
