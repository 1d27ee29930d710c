package zhengjian.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The files of the log, in order of their first positions.
 *
 * <p>Opening reads every frame and checks it. What is not whole at the very end was never acknowledged: it is cut and
 * reported by {@link #cutBytes}. Anything else that is wrong stops the engine with {@link LogDamaged}.
 */
final class Segments implements AutoCloseable {

  private final Path directory;
  private final BlockIndex index;
  private final List<FileChannel> channels = new CopyOnWriteArrayList<>();
  private long highest;
  private long end;
  private long frameStart;
  private long cutBytes;
  private String cutFile = "";

  Segments(final Path directory, final BlockIndex index) throws IOException {
    this.directory = directory;
    this.index = index;
    Files.createDirectories(directory);
    final List<Path> files;
    try (var listed = Files.list(directory)) {
      files = listed.filter(file -> file.getFileName().toString().endsWith(".log")).sorted().toList();
    }
    for (int number = 0; number < files.size(); number++) {
      open(files.get(number), number == files.size() - 1);
    }
  }

  long highest() {
    return highest;
  }

  long cutBytes() {
    return cutBytes;
  }

  String cutFile() {
    return cutFile;
  }

  int current() {
    return channels.size() - 1;
  }

  FileChannel channel(final int segment) {
    return channels.get(segment);
  }

  private void open(final Path file, final boolean last) throws IOException {
    final var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (channel.size() > Integer.MAX_VALUE) {
      throw new LogDamaged(file.toString(), 0, "the segment is larger than any this engine writes");
    }
    final var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
    final long first = Frame.firstPosition(bytes);
    if (first < 0) {
      if (last && bytes.limit() <= Frame.SEGMENT_HEADER) {
        cut(file, channel, 0);
        channel.close();
        Files.delete(file);
        sync(directory);
        return;
      }
      throw new LogDamaged(file.toString(), 0, "the header is damaged");
    }
    if (Frame.format(bytes) != Frame.FORMAT) {
      throw new LogDamaged(
          file.toString(), 8, "the format is version " + Frame.format(bytes) + ", known is " + Frame.FORMAT);
    }
    channels.add(channel);
    final int end = readFrames(file, bytes, last);
    if (end < bytes.limit()) {
      cut(file, channel, end);
    }
    this.end = end;
  }

  private int readFrames(final Path file, final ByteBuffer bytes, final boolean last) throws LogDamaged {
    int offset = Frame.SEGMENT_HEADER;
    while (offset < bytes.limit()) {
      final var frame = Frame.read(bytes, offset);
      if (frame == null) {
        if (!last || wholeFrameBehind(bytes, offset + 1)) {
          throw new LogDamaged(file.toString(), offset, "the checksum does not fit, and records follow");
        }
        return offset;
      }
      if (frame.lowest() != highest + 1 || frame.highest() < frame.lowest()) {
        throw new LogDamaged(
            file.toString(), offset, "position " + (highest + 1) + " was expected, but " + frame.lowest() + " found");
      }
      readBlocks(bytes, offset + Frame.HEADER, frame.blocks());
      highest = frame.highest();
      offset += frame.length();
    }
    return offset;
  }

  private void readBlocks(final ByteBuffer bytes, final int payload, final int blocks) {
    int offset = payload;
    for (int block = 0; block < blocks; block++) {
      final int length = bytes.getInt(offset + 8);
      index.add(bytes.getLong(offset), current(), offset + Frame.BLOCK_HEADER, length);
      offset += Frame.BLOCK_HEADER + length;
    }
  }

  private boolean wholeFrameBehind(final ByteBuffer bytes, final int from) {
    for (int offset = from; offset <= bytes.limit() - Frame.HEADER; offset++) {
      if (bytes.getInt(offset) == Frame.MAGIC) {
        final var frame = Frame.read(bytes, offset);
        if (frame != null && frame.lowest() > highest) {
          return true;
        }
      }
    }
    return false;
  }

  private void cut(final Path file, final FileChannel channel, final int length) throws IOException {
    cutBytes = channel.size() - length;
    cutFile = file.toString();
    channel.truncate(length);
    channel.force(true);
  }

  /** Where the current file ends. */
  long end() {
    return end;
  }

  /** Where the frame written last begins. */
  long frameStart() {
    return frameStart;
  }

  /** Writes one frame and makes it durable. */
  void append(final ByteBuffer frame, final long highestPosition) throws IOException {
    final var channel = channels.get(current());
    frameStart = end;
    while (frame.hasRemaining()) {
      end += channel.write(frame, end);
    }
    channel.force(false);
    highest = highestPosition;
  }

  /** Opens the next file; nothing is written to the ones before from now on. */
  void roll(final long firstPosition) throws IOException {
    final var file = directory.resolve(String.format("%020d.log", firstPosition));
    final var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    final var header = Frame.segmentHeader(firstPosition);
    while (header.hasRemaining()) {
      channel.write(header);
    }
    channel.force(true);
    sync(directory);
    channels.add(channel);
    end = Frame.SEGMENT_HEADER;
  }

  /** Makes the names in a directory durable. */
  private static void sync(final Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    for (final var channel : channels) {
      channel.close();
    }
  }
}
