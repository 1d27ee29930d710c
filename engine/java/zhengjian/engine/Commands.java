package zhengjian.engine;

import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogStreamWriter;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.impl.encoding.AuthInfo;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.stream.api.InterPartitionCommandSender;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Writes commands to the engine's log: those of clients, which are answered, and the engine's own, which are not. */
final class Commands implements InterPartitionCommandSender {

  private static final long NO_KEY = -1;

  private final LogStreamWriter writer;
  private final Requests requests;

  Commands(final LogStreamWriter writer, final Requests requests) {
    this.writer = writer;
    this.requests = requests;
  }

  /**
   * The answer comes when the engine has processed the command and its events are durable.
   *
   * <p>It comes on the thread that commits the log: what follows must be short or go elsewhere.
   */
  CompletableFuture<Reply> send(final Command command, final Duration patience) {
    final var request = requests.open(patience);
    if (request == null) {
      return CompletableFuture.failedFuture(new Refused("too many requests wait for an answer already"));
    }
    final var metadata =
        metadata(command.valueType(), command.intent())
            .requestStreamId(Requests.STREAM)
            .requestId(request.id())
            .operationReference(command.reference());
    final var written =
        writer.tryWrite(WriteContext.userCommand(command.intent()), entry(command.key(), metadata, command.value()));
    if (written.isLeft()) {
      request.answer().completeExceptionally(new Refused("the log takes no more commands: " + written.getLeft()));
    }
    return request.answer();
  }

  private static RecordMetadata metadata(final ValueType valueType, final Intent intent) {
    return new RecordMetadata().recordType(RecordType.COMMAND).valueType(valueType).intent(intent);
  }

  private static LogAppendEntry entry(
      final long key, final RecordMetadata metadata, final UnifiedRecordValue value) {
    return key == NO_KEY ? LogAppendEntry.of(metadata, value) : LogAppendEntry.of(key, metadata, value);
  }

  @Override
  public void sendCommand(
      final int partition,
      final ValueType valueType,
      final Intent intent,
      final Long key,
      final UnifiedRecordValue value,
      final AuthInfo authorization) {
    final long recordKey = key == null ? NO_KEY : key;
    final var written =
        writer.tryWrite(WriteContext.interPartition(), entry(recordKey, metadata(valueType, intent), value));
    if (written.isLeft()) {
      throw new IllegalStateException("the engine's own command was refused by its log: " + written.getLeft());
    }
  }

  /** The command was not written, so nothing of it will happen. */
  static final class Refused extends RuntimeException {
    Refused(final String message) {
      super(message);
    }
  }
}
