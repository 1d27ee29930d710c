package zhengjian.engine;

import java.io.IOException;

/** Another engine holds the data directory. */
public final class DirectoryBusy extends IOException {

  private final String owner;

  DirectoryBusy(final String directory, final String owner) {
    super(directory);
    this.owner = owner;
  }

  /** The process id of the other engine, as it wrote it; empty when it could not be read. */
  public String owner() {
    return owner;
  }
}
