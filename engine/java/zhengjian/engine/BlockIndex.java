package zhengjian.engine;

import java.util.Arrays;

/**
 * Where each block of records lies: the lowest position, the segment, the offset and the length.
 *
 * <p>One thread appends, any thread reads: the arrays are published before the size that makes an entry visible. A
 * block of about eight records costs 24 bytes, so a log of a million records is indexed in about 3 MB.
 */
final class BlockIndex {

  private volatile long[] lowest = new long[1024];
  private volatile long[] offsets = new long[1024];
  private volatile int[] segments = new int[1024];
  private volatile int[] lengths = new int[1024];
  private volatile int size;

  void add(final long lowestPosition, final int segment, final long offset, final int length) {
    final int at = size;
    if (at == lowest.length) {
      final int capacity = at * 2;
      lowest = Arrays.copyOf(lowest, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      segments = Arrays.copyOf(segments, capacity);
      lengths = Arrays.copyOf(lengths, capacity);
    }
    lowest[at] = lowestPosition;
    offsets[at] = offset;
    segments[at] = segment;
    lengths[at] = length;
    size = at + 1;
  }

  int size() {
    return size;
  }

  int segment(final int block) {
    return segments[block];
  }

  long offset(final int block) {
    return offsets[block];
  }

  int length(final int block) {
    return lengths[block];
  }

  /** The block that holds the position, or the last one below it; 0 when there is none below. */
  int find(final long position) {
    final int known = size;
    final int at = Arrays.binarySearch(lowest, 0, known, position);
    return Math.max(0, at >= 0 ? at : -at - 2);
  }
}
