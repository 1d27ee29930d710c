package zhengjian.engine;

import io.camunda.zeebe.logstreams.impl.flowcontrol.FlowControl;
import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogRecordAwaiter;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.logstreams.log.LogStreamReader;
import io.camunda.zeebe.logstreams.log.LogStreamWriter;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.util.Either;
import java.util.List;

/**
 * Zeebe's log stream, whose writers see to it that what they wrote is committed.
 *
 * <p>This is the place for it because a storage is called under the lock that orders all writes: whoever waited for the
 * disk there would keep everybody else from adding to the group.
 */
record FlushingLogStream(LogStream stream, EngineLog log) implements LogStream {

  @Override
  public LogStreamWriter newLogStreamWriter() {
    return new FlushingWriter(stream.newLogStreamWriter(), log);
  }

  @Override
  public LogStreamReader newLogStreamReader() {
    return stream.newLogStreamReader();
  }

  @Override
  public int getPartitionId() {
    return stream.getPartitionId();
  }

  @Override
  public String getLogName() {
    return stream.getLogName();
  }

  @Override
  public FlowControl getFlowControl() {
    return stream.getFlowControl();
  }

  @Override
  public void registerRecordAvailableListener(final LogRecordAwaiter awaiter) {
    stream.registerRecordAvailableListener(awaiter);
  }

  @Override
  public void removeRecordAvailableListener(final LogRecordAwaiter awaiter) {
    stream.removeRecordAvailableListener(awaiter);
  }

  @Override
  public void close() {
    stream.close();
  }

  private record FlushingWriter(LogStreamWriter writer, EngineLog log) implements LogStreamWriter {

    @Override
    public boolean canWriteEvents(final int count, final int bytes) {
      return writer.canWriteEvents(count, bytes);
    }

    @Override
    public Either<WriteFailure, Long> tryWrite(
        final WriteContext context, final List<LogAppendEntry> entries, final long sourcePosition) {
      final var written = writer.tryWrite(context, entries, sourcePosition);
      log.flush();
      return written;
    }
  }
}
