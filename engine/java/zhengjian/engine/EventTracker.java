package zhengjian.engine;

import io.camunda.zeebe.logstreams.impl.log.LoggedEventImpl;
import io.camunda.zeebe.protocol.record.MessageHeaderDecoder;
import io.camunda.zeebe.protocol.record.RecordMetadataDecoder;
import io.camunda.zeebe.protocol.record.RecordType;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Knows the position of the last event, so that a reader of events can tell when it has seen all there are. */
final class EventTracker {

  private final LoggedEventImpl entry = new LoggedEventImpl();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final RecordMetadataDecoder metadata = new RecordMetadataDecoder();
  private volatile long last;

  long last() {
    return last;
  }

  void observe(final ByteBuffer block) {
    observe(new UnsafeBuffer(block));
  }

  /** Looks backwards from the end of a log that was just opened. */
  void startAt(final LogReader reader, final int blocks) {
    for (int block = blocks - 1; block >= 0 && last == 0; block--) {
      reader.seekBlock(block);
      observe(reader.next());
    }
  }

  private void observe(final DirectBuffer block) {
    long found = 0;
    for (int offset = 0; offset < block.capacity(); offset += entry.getLength()) {
      entry.wrap(block, offset);
      metadata.wrapAndApplyHeader(block, entry.getMetadataOffset(), header);
      if (metadata.recordType() == RecordType.EVENT) {
        found = entry.getPosition();
      }
    }
    if (found > 0) {
      last = found;
    }
  }
}
