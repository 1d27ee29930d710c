package zhengjian.engine;

import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.RejectionType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.stream.api.CommandResponseWriter;
import io.camunda.zeebe.util.buffer.BufferUtil;
import io.camunda.zeebe.util.buffer.BufferWriter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the engine puts its answers. It is called by the engine's one processing thread.
 *
 * <p>An answer is given out only when the events it stands for are durable. An answer nobody waits for (a client that
 * went away, a command of an earlier life of this engine) is dropped.
 */
final class Replies implements CommandResponseWriter {

  private static final byte[] NO_VALUE = new byte[0];

  private final Requests requests;
  private final EngineLog log;
  private long key = -1;
  private Intent intent = Intent.UNKNOWN;
  private ValueType valueType = ValueType.NULL_VAL;
  private RejectionType rejection = RejectionType.NULL_VAL;
  private String reason = "";
  private byte[] content = NO_VALUE;

  Replies(final Requests requests, final EngineLog log) {
    this.requests = requests;
    this.log = log;
  }

  @Override
  public CommandResponseWriter partitionId(final int partition) {
    return this;
  }

  @Override
  public CommandResponseWriter key(final long newKey) {
    key = newKey;
    return this;
  }

  @Override
  public CommandResponseWriter intent(final Intent newIntent) {
    intent = newIntent;
    return this;
  }

  @Override
  public CommandResponseWriter recordType(final RecordType type) {
    return this;
  }

  @Override
  public CommandResponseWriter valueType(final ValueType type) {
    valueType = type;
    return this;
  }

  @Override
  public CommandResponseWriter rejectionType(final RejectionType type) {
    rejection = type;
    return this;
  }

  @Override
  public CommandResponseWriter rejectionReason(final DirectBuffer text) {
    reason = BufferUtil.bufferAsString(text);
    return this;
  }

  @Override
  public CommandResponseWriter valueWriter(final BufferWriter value) {
    content = new byte[value.getLength()];
    value.write(new UnsafeBuffer(content), 0);
    return this;
  }

  @Override
  public void tryWriteResponse(final int stream, final long request) {
    if (stream == Requests.STREAM && requests.waiting(request)) {
      final var reply = new Reply(key, valueType, intent, content, rejection, reason);
      log.whenDurable(() -> requests.answer(request, reply));
    }
  }
}
