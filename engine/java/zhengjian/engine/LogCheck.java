package zhengjian.engine;

import java.io.IOException;
import java.nio.file.Path;

/** What opening a log does to its files, without an engine: reads and checks everything, cuts a torn end. */
public final class LogCheck {

  private final long highest;
  private final long cutBytes;

  public LogCheck(final String directory) throws IOException {
    try (var lock = DirectoryLock.take(Path.of(directory));
        var segments = new Segments(Path.of(directory, "log"), new BlockIndex())) {
      highest = segments.highest();
      cutBytes = segments.cutBytes();
    }
  }

  /** The position of the last record. */
  public long highest() {
    return highest;
  }

  /** How many bytes of an interrupted write were cut. */
  public long cutBytes() {
    return cutBytes;
  }
}
