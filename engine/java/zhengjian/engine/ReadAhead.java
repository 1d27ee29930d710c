package zhengjian.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads blocks from the files, with one read for many blocks that follow each other. */
final class ReadAhead {

  private static final int CHUNK = 256 << 10;

  private final Segments segments;
  private final BlockIndex index;
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private int segment = -1;
  private long start;

  ReadAhead(final Segments segments, final BlockIndex index) {
    this.segments = segments;
    this.index = index;
  }

  /** A buffer that stays as it is, whatever is read later. */
  DirectBuffer read(final int block) {
    final long offset = index.offset(block);
    final int length = index.length(block);
    if (segment != index.segment(block) || offset < start || offset + length > start + chunk.limit()) {
      load(index.segment(block), offset, Math.max(CHUNK, length));
    }
    return new UnsafeBuffer(chunk, (int) (offset - start), length);
  }

  private void load(final int number, final long offset, final int length) {
    final var bytes = ByteBuffer.allocate(length);
    try {
      final var channel = segments.channel(number);
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    chunk = bytes.flip();
    segment = number;
    start = offset;
  }

  void forget() {
    chunk = ByteBuffer.allocate(0);
    segment = -1;
  }
}
