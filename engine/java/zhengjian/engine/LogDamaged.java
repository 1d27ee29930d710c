package zhengjian.engine;

import java.io.IOException;

/** The log holds something else than was written to it, and cutting it would lose acknowledged work. */
public final class LogDamaged extends IOException {

  private final String file;
  private final long offset;

  LogDamaged(final String file, final long offset, final String finding) {
    super(finding);
    this.file = file;
    this.offset = offset;
  }

  public String file() {
    return file;
  }

  public long offset() {
    return offset;
  }
}
