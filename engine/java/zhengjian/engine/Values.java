package zhengjian.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.camunda.zeebe.msgpack.property.BaseProperty;
import io.camunda.zeebe.msgpack.spec.MsgPackWriter;
import io.camunda.zeebe.msgpack.value.ArrayValue;
import io.camunda.zeebe.msgpack.value.BaseValue;
import io.camunda.zeebe.msgpack.value.BinaryValue;
import io.camunda.zeebe.msgpack.value.BooleanValue;
import io.camunda.zeebe.msgpack.value.DocumentValue;
import io.camunda.zeebe.msgpack.value.EnumValue;
import io.camunda.zeebe.msgpack.value.IntegerValue;
import io.camunda.zeebe.msgpack.value.LongValue;
import io.camunda.zeebe.msgpack.value.ObjectValue;
import io.camunda.zeebe.msgpack.value.PackedValue;
import io.camunda.zeebe.msgpack.value.StringValue;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.ValueType;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds any of the engine's record values from JSON, guided by the properties the record itself declares.
 *
 * <p>Documents (variables) are JSON objects, binary properties base64, enumerations their names. A property the record
 * does not declare is refused, so that a misspelt name cannot be silently ignored.
 */
final class Values {

  private static final Field PROPERTIES = field(ObjectValue.class, "declaredProperties");
  private static final Field VALUE = field(BaseProperty.class, "value");
  private static final Field ITEMS = field(ArrayValue.class, "valueFactory");

  private Values() {}

  static UnifiedRecordValue of(final ValueType type, final JsonNode json) {
    final var value = UnifiedRecordValue.fromValueType(type);
    if (value == null) {
      throw new IllegalArgumentException("There are no commands of type " + type);
    }
    final var buffer = new ExpandableArrayBuffer();
    final var writer = new MsgPackWriter();
    writer.wrap(buffer, 0);
    object(writer, value, json, type.name());
    value.wrap(buffer, 0, writer.getOffset());
    return value;
  }

  private static void object(
      final MsgPackWriter writer, final ObjectValue target, final JsonNode json, final String path) {
    expect(json.isObject(), path, "an object");
    final Map<String, BaseValue> properties = new HashMap<>();
    for (final var property : (List<?>) read(PROPERTIES, target)) {
      properties.put(((BaseProperty<?>) property).getKey().toString(), (BaseValue) read(VALUE, property));
    }
    final Map<String, JsonNode> given = new LinkedHashMap<>();
    json.fields().forEachRemaining(entry -> given.put(entry.getKey(), entry.getValue()));
    given.values().removeIf(JsonNode::isNull);
    writer.writeMapHeader(given.size());
    given.forEach(
        (name, node) -> {
          expect(properties.containsKey(name), path + "." + name, "no such property, one of " + properties.keySet());
          writer.writeString(new UnsafeBuffer(name.getBytes(StandardCharsets.UTF_8)));
          value(writer, properties.get(name), node, path + "." + name);
        });
  }

  private static void value(
      final MsgPackWriter writer, final BaseValue target, final JsonNode json, final String path) {
    switch (target) {
      case DocumentValue document -> {
        expect(json.isObject(), path, "an object");
        writer.writeBinary(packed(json));
      }
      case BinaryValue binary -> writer.writeBinary(new UnsafeBuffer(base64(json, path)));
      case PackedValue packed -> writer.writeRaw(packed(json));
      case LongValue number -> integer(writer, json, path);
      case IntegerValue number -> integer(writer, json, path);
      case BooleanValue flag -> {
        expect(json.isBoolean(), path, "true or false");
        writer.writeBoolean(json.booleanValue());
      }
      case StringValue text -> text(writer, json, path);
      case EnumValue<?> name -> text(writer, json, path);
      case ArrayValue<?> array -> array(writer, array, json, path);
      case ObjectValue object -> object(writer, object, json, path);
      default -> throw new IllegalArgumentException(path + " cannot be given");
    }
  }

  private static void array(
      final MsgPackWriter writer, final ArrayValue<?> target, final JsonNode json, final String path) {
    expect(json.isArray(), path, "a list");
    final var item = (BaseValue) ((Supplier<?>) read(ITEMS, target)).get();
    writer.writeArrayHeader(json.size());
    for (int at = 0; at < json.size(); at++) {
      value(writer, item, json.get(at), path + "[" + at + "]");
    }
  }

  private static void integer(final MsgPackWriter writer, final JsonNode json, final String path) {
    expect(json.isIntegralNumber() && json.canConvertToLong(), path, "a whole number");
    writer.writeInteger(json.longValue());
  }

  private static void text(final MsgPackWriter writer, final JsonNode json, final String path) {
    expect(json.isTextual(), path, "a text");
    writer.writeString(new UnsafeBuffer(json.textValue().getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] base64(final JsonNode json, final String path) {
    try {
      expect(json.isTextual(), path, "a base64 text");
      return json.binaryValue();
    } catch (final IOException e) {
      throw new IllegalArgumentException(path + ": expected a base64 text", e);
    }
  }

  private static UnsafeBuffer packed(final JsonNode json) {
    return new UnsafeBuffer(MsgPackConverter.convertToMsgPack(json.toString()));
  }

  private static void expect(final boolean met, final String path, final String expectation) {
    if (!met) {
      throw new IllegalArgumentException(path + ": expected " + expectation);
    }
  }

  private static Field field(final Class<?> owner, final String name) {
    try {
      final var field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (final NoSuchFieldException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Object read(final Field field, final Object owner) {
    try {
      return field.get(owner);
    } catch (final IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
