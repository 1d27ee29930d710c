package zhengjian.engine;

import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.RejectionType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import org.agrona.concurrent.UnsafeBuffer;

/** What the engine answered to one command: a record, or a rejection in the engine's own words. */
record Reply(
    long key, ValueType valueType, Intent intent, byte[] content, RejectionType rejection, String reason) {

  boolean rejected() {
    return rejection != RejectionType.NULL_VAL;
  }

  <R extends UnifiedRecordValue> R into(final R record) {
    record.wrap(new UnsafeBuffer(content));
    return record;
  }

  UnifiedRecordValue value() {
    return into(UnifiedRecordValue.fromValueType(valueType));
  }
}
