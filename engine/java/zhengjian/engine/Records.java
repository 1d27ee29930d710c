package zhengjian.engine;

import io.camunda.zeebe.logstreams.log.LogStreamReader;
import io.camunda.zeebe.logstreams.log.LoggedEvent;
import io.camunda.zeebe.logstreams.storage.LogStorage.CommitListener;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Hands out committed events as JSON: [[position, key, value type, intent, timestamp in ms, value], …]. */
final class Records implements CommitListener {

  private static final int MOST_CHARACTERS = 8 << 20;

  private final LogStreamReader reader;
  private final EngineLog log;
  private final Map<ValueType, UnifiedRecordValue> values = new EnumMap<>(ValueType.class);
  private final RecordMetadata metadata = new RecordMetadata();
  private final Object commits = new Object();
  private long position = Long.MIN_VALUE;

  Records(final LogStreamReader reader, final EngineLog log) {
    this.reader = reader;
    this.log = log;
    log.addCommitListener(this);
  }

  @Override
  public void onCommit() {
    synchronized (commits) {
      commits.notifyAll();
    }
  }

  /** Events after a position. Waits when there are none; an empty list says that the time ran out. */
  byte[] read(final long after, final int limit, final long timeoutMillis) throws InterruptedException {
    await(after, timeoutMillis);
    return log.lastEvent() <= after ? new byte[] {'[', ']'} : collect(after, limit);
  }

  private void await(final long after, final long timeoutMillis) throws InterruptedException {
    final long end = System.nanoTime() + timeoutMillis * 1_000_000;
    synchronized (commits) {
      for (long left = timeoutMillis; log.lastEvent() <= after && left > 0; ) {
        commits.wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    }
  }

  private synchronized byte[] collect(final long after, final int limit) {
    if (after != position) {
      reader.seekToNextEvent(after);
      position = after;
    }
    final var json = new StringBuilder("[");
    for (int count = 0; count < limit && json.length() < MOST_CHARACTERS && reader.hasNext(); ) {
      final var event = reader.next();
      position = event.getPosition();
      event.readMetadata(metadata);
      if (metadata.getRecordType() == RecordType.EVENT) {
        append(count++ == 0 ? json : json.append(','), event);
      }
    }
    return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void append(final StringBuilder json, final LoggedEvent event) {
    final var value = values.computeIfAbsent(metadata.getValueType(), UnifiedRecordValue::fromValueType);
    event.readValue(value);
    json.append('[').append(event.getPosition()).append(',').append(event.getKey());
    json.append(",\"").append(metadata.getValueType()).append("\",\"").append(metadata.getIntent()).append("\",");
    json.append(event.getTimestamp()).append(',').append(value.toJson()).append(']');
  }
}
