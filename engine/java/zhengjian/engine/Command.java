package zhengjian.engine;

import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;

/** One command to the engine. The key is -1 for what does not exist yet; the reference is the client's, -1 for none. */
record Command(ValueType valueType, Intent intent, long key, UnifiedRecordValue value, long reference) {

  static Command of(final ValueType valueType, final Intent intent, final UnifiedRecordValue value) {
    return new Command(valueType, intent, -1, value, -1);
  }

  static Command of(final ValueType valueType, final Intent intent, final long key, final UnifiedRecordValue value) {
    return new Command(valueType, intent, key, value, -1);
  }

  Command referring(final long operation) {
    return new Command(valueType, intent, key, value, operation);
  }
}
