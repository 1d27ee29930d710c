package zhengjian.engine;

import io.camunda.zeebe.msgpack.value.DocumentValue;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.record.value.TenantOwned;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The small translations every request needs. Each throws IllegalArgumentException on what no engine would take. */
final class Documents {

  static final String DEFAULT_TENANT = TenantOwned.DEFAULT_TENANT_IDENTIFIER;
  private static final long NO_REFERENCE = -1;

  private Documents() {}

  /** Variables as the engine stores them; an empty text stands for none. */
  static DirectBuffer variables(final String json) {
    if (json.isBlank()) {
      return DocumentValue.EMPTY_DOCUMENT;
    }
    try {
      return new UnsafeBuffer(MsgPackConverter.convertToMsgPack(json));
    } catch (final RuntimeException e) {
      throw new IllegalArgumentException(
          "Invalid JSON, expected an object with the variables: " + e.getCause().getMessage(), e);
    }
  }

  static String tenant(final String tenant) {
    if (!tenant.isEmpty() && !tenant.equals(DEFAULT_TENANT)) {
      throw new IllegalArgumentException(
          "Expected no tenant identifier or '%s', but got '%s': multi-tenancy is disabled"
              .formatted(DEFAULT_TENANT, tenant));
    }
    return DEFAULT_TENANT;
  }

  static long reference(final boolean given, final long reference) {
    return given ? reference : NO_REFERENCE;
  }
}
