package zhengjian.engine;

import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A log that is gone with the process: the baseline the durable log is measured against, never used to serve. */
final class MemoryLog implements EngineLog {

  private final ConcurrentSkipListMap<Long, ByteBuffer> blocks = new ConcurrentSkipListMap<>();
  private final Set<CommitListener> listeners = new CopyOnWriteArraySet<>();
  private final EventTracker events = new EventTracker();

  @Override
  public synchronized void append(
      final long lowest, final long highest, final BufferWriter content, final AppendListener listener) {
    final var block = ByteBuffer.allocate(content.getLength());
    content.write(new UnsafeBuffer(block), 0);
    blocks.put(lowest, block);
    events.observe(block);
    listener.onWrite(highest, highest);
    listener.onCommit(highest, highest);
    listeners.forEach(CommitListener::onCommit);
  }

  @Override
  public void whenDurable(final Runnable then) {
    then.run();
  }

  @Override
  public long lastEvent() {
    return events.last();
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

  @Override
  public void shutDown() {
    blocks.clear();
  }

  private final class Reader implements LogStorageReader {

    private long after = Long.MIN_VALUE;

    @Override
    public void seek(final long position) {
      final var found = blocks.floorKey(position);
      after = found == null ? Long.MIN_VALUE : found - 1;
    }

    @Override
    public boolean hasNext() {
      return blocks.higherKey(after) != null;
    }

    @Override
    public DirectBuffer next() {
      final var entry = blocks.higherEntry(after);
      after = entry.getKey();
      return new UnsafeBuffer(entry.getValue());
    }

    @Override
    public void close() {}
  }
}
