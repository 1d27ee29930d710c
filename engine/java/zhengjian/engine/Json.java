package zhengjian.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** JSON, the language between this engine and Python. */
final class Json {

  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object(final byte[] text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (final IOException e) {
      throw new IllegalArgumentException("Invalid JSON: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("Expected a JSON object");
  }

  static List<String> texts(final String array) {
    try {
      final var texts = new ArrayList<String>();
      MAPPER.readTree(array).forEach(item -> texts.add(item.asText()));
      return texts;
    } catch (final JsonProcessingException e) {
      throw new IllegalArgumentException("Invalid JSON: " + e.getMessage(), e);
    }
  }

  static byte[] bytes(final JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  static String quoted(final String text) {
    return MAPPER.getNodeFactory().textNode(text).toString();
  }
}
