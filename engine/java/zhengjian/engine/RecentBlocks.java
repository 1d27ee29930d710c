package zhengjian.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The blocks written last, kept in memory because the engine and the read model read them at once. */
final class RecentBlocks {

  private static final int SLOTS = 4096;
  private static final long BYTES = 32 << 20;

  private record Kept(int block, ByteBuffer content) {}

  private final AtomicReferenceArray<Kept> ring = new AtomicReferenceArray<>(SLOTS);
  private int oldest;
  private long bytes;

  /** Called by the log's writer only, with rising block numbers. */
  void put(final int block, final ByteBuffer content) {
    if (bytes == 0) {
      oldest = block;
    }
    bytes += content.capacity();
    while (oldest < block && (bytes > BYTES || block - oldest >= SLOTS)) {
      bytes -= ring.getAndSet(oldest++ % SLOTS, null).content.capacity();
    }
    ring.set(block % SLOTS, new Kept(block, content));
  }

  ByteBuffer get(final int block) {
    final var kept = ring.get(block % SLOTS);
    return kept != null && kept.block == block ? kept.content : null;
  }
}
