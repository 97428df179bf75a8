package io.coffer.type.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One JSON object (RFC 8259) without repeated names, and nothing behind it. */
final class JsonObjectFormat implements Format {

  static final int MAX_LENGTH = 65_536;
  private static final int MAX_DEPTH = 32;

  private static final ObjectMapper JSON = mapper();

  @Override
  public Optional<String> check(String value) {
    if (value.length() > MAX_LENGTH) {
      return Rules.tooLong(MAX_LENGTH);
    }
    return Rules.require(parse(value).isPresent(), "must be one JSON object with distinct names");
  }

  /** The object, empty for any other text; callers bound the length first. */
  static Optional<ObjectNode> parse(String value) {
    try {
      JsonNode node = JSON.readTree(value);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JsonProcessingException notJson) {
      // Its message quotes the text.
      return Optional.empty();
    }
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_LENGTH)
                .build());
    return mapper;
  }
}
