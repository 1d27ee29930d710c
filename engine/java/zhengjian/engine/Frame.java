package zhengjian.engine;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How the log looks on disk: a segment header, then frames. A frame is what one write and one sync made durable.
 *
 * <pre>
 * segment  magic "ZJENGLOG" (8) | format version (4) | reserved (4) | first position (8) | CRC32C of these (4) | 0 (4)
 * frame    magic (4) | payload length (4) | lowest position (8) | highest position (8) | blocks (4) | CRC32C (4) | payload
 * payload  per block: lowest position (8) | length (4) | the engine's own serialised records
 * </pre>
 *
 * All numbers are big-endian. The frame's checksum covers its header without the checksum, and the payload.
 */
final class Frame {

  static final int FORMAT = 1;
  static final int SEGMENT_HEADER = 32;
  static final int HEADER = 32;
  static final int BLOCK_HEADER = 12;
  static final int MAGIC = 0x5A4A_F12A;
  private static final long SEGMENT_MAGIC = 0x5A4A_454E_474C_4F47L;

  private Frame() {}

  /** What {@link #read} found. */
  record Found(int payload, long lowest, long highest, int blocks) {
    int length() {
      return HEADER + payload;
    }
  }

  static ByteBuffer segmentHeader(final long firstPosition) {
    final var header = ByteBuffer.allocate(SEGMENT_HEADER);
    header.putLong(SEGMENT_MAGIC).putInt(FORMAT).putInt(0).putLong(firstPosition);
    header.putInt(checksum(header, 0, 24)).putInt(0);
    return header.flip();
  }

  /** The first position a segment was opened for, or -1 when the header is not whole. */
  static long firstPosition(final ByteBuffer segment) {
    final boolean whole =
        segment.limit() >= SEGMENT_HEADER
            && segment.getLong(0) == SEGMENT_MAGIC
            && segment.getInt(24) == checksum(segment, 0, 24);
    return whole ? segment.getLong(16) : -1;
  }

  static int format(final ByteBuffer segment) {
    return segment.getInt(8);
  }

  /** Fills in the header of a frame whose payload stands already behind it. */
  static void seal(final ByteBuffer frame, final long lowest, final long highest, final int blocks) {
    frame.putInt(0, MAGIC).putInt(4, frame.limit() - HEADER).putLong(8, lowest).putLong(16, highest).putInt(24, blocks);
    frame.putInt(28, checksum(frame, 0, frame.limit()));
  }

  /** The whole and undamaged frame at an offset, or null. */
  static Found read(final ByteBuffer segment, final int offset) {
    if (segment.limit() - offset < HEADER || segment.getInt(offset) != MAGIC) {
      return null;
    }
    final int payload = segment.getInt(offset + 4);
    if (payload < BLOCK_HEADER || payload > segment.limit() - offset - HEADER) {
      return null;
    }
    if (segment.getInt(offset + 28) != checksum(segment, offset, HEADER + payload)) {
      return null;
    }
    return new Found(
        payload, segment.getLong(offset + 8), segment.getLong(offset + 16), segment.getInt(offset + 24));
  }

  /** Of a header or a frame, leaving out the four bytes that hold the checksum itself. */
  private static int checksum(final ByteBuffer bytes, final int offset, final int length) {
    final var crc = new CRC32C();
    final int first = Math.min(length, 28);
    crc.update(bytes.duplicate().position(offset).limit(offset + first));
    if (length > HEADER) {
      crc.update(bytes.duplicate().position(offset + HEADER).limit(offset + length));
    }
    return (int) crc.getValue();
  }
}
