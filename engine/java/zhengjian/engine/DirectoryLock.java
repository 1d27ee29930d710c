package zhengjian.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second engine off the data directory. The operating system frees it when the process dies, however it dies. */
final class DirectoryLock implements AutoCloseable {

  // Far behind the process id, so that the owner can be read where a lock forbids reading (Windows).
  private static final long LOCKED_BYTE = 1L << 30;

  private final FileChannel channel;

  private DirectoryLock(final FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock take(final Path directory) throws IOException {
    Files.createDirectories(directory);
    final var channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      final var owner = ByteBuffer.allocate(32);
      channel.read(owner, 0);
      channel.close();
      throw new DirectoryBusy(
          directory.toString(), new String(owner.array(), 0, owner.position(), StandardCharsets.US_ASCII).trim());
    }
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (final IOException e) {
      channel.close();
      throw e;
    }
    return new DirectoryLock(channel);
  }

  private static boolean locked(final FileChannel channel) throws IOException {
    try {
      final FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock != null;
    } catch (final OverlappingFileLockException e) {
      return false; // This very process holds it: also a second engine.
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
