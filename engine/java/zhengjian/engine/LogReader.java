package zhengjian.engine;

import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import java.util.NoSuchElementException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads block after block, the latest from memory and older ones from the file, many at a time. */
final class LogReader implements LogStorageReader {

  private final BlockIndex index;
  private final RecentBlocks recent;
  private final ReadAhead ahead;
  private int next;

  LogReader(final BlockIndex index, final RecentBlocks recent, final ReadAhead ahead) {
    this.index = index;
    this.recent = recent;
    this.ahead = ahead;
  }

  @Override
  public void seek(final long position) {
    next = index.find(position);
  }

  void seekBlock(final int block) {
    next = block;
  }

  @Override
  public boolean hasNext() {
    return next < index.size();
  }

  @Override
  public DirectBuffer next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    final int block = next++;
    final var known = recent.get(block);
    return known == null ? ahead.read(block) : new UnsafeBuffer(known);
  }

  @Override
  public void close() {
    ahead.forget();
  }
}
