package dev.confab.gateway.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.confab.contracts.ErrorCode;
import dev.confab.gateway.dialect.FrameFields.Refusal;

/**
 * Parses clients' frames strictly: one JSON object, no name twice, nothing after it, bounded depth.
 * Thread-safe.
 */
public final class FrameJson {
  private static final int MAX_NAME_CHARS = 256;
  private static final int MAX_NUMBER_CHARS = 32;

  private final JsonMapper mapper;
  private final int maxDepth;

  /**
   * Makes a parser.
   *
   * @param maxFrameBytes bytes a frame may have; the socket enforces it, here it bounds strings
   * @param maxDepth levels of JSON
   */
  public FrameJson(int maxFrameBytes, int maxDepth) {
    this.maxDepth = maxDepth;
    StreamReadConstraints bounds =
        StreamReadConstraints.builder()
            .maxNestingDepth(maxDepth)
            .maxStringLength(maxFrameBytes)
            .maxNameLength(MAX_NAME_CHARS)
            .maxNumberLength(MAX_NUMBER_CHARS)
            .build();
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(bounds)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  JsonNode object(String text) throws Refusal {
    JsonNode root;
    try {
      root = mapper.readTree(text);
    } catch (StreamConstraintsException e) {
      throw invalid(
          "a frame has at most %d levels, names of %d and numbers of %d characters"
              .formatted(maxDepth, MAX_NAME_CHARS, MAX_NUMBER_CHARS));
    } catch (JsonProcessingException e) {
      throw invalid("a frame is one JSON object");
    }
    if (root == null || !root.isObject()) {
      throw invalid("a frame is one JSON object");
    }
    return root;
  }

  static String type(JsonNode root) throws Refusal {
    JsonNode type = root.get("type");
    if (type == null || !type.isTextual()) {
      throw new Refusal(ErrorCode.INVALID_VALUE, "type", "type is required: a string");
    }
    return type.textValue();
  }

  /** The frame's {@code data}; without one it has no fields. */
  static FrameFields data(JsonNode root) throws Refusal {
    JsonNode data = root.path("data");
    if (!data.isMissingNode() && !data.isNull() && !data.isObject()) {
      throw new Refusal(ErrorCode.INVALID_VALUE, "data", "data must be an object");
    }
    return new FrameFields(data.isObject() ? data : JsonNodeFactory.instance.objectNode());
  }

  static Refusal unknownType() {
    return new Refusal(ErrorCode.UNKNOWN_TYPE, "type", "there is no frame of this type");
  }

  private static Refusal invalid(String message) {
    return new Refusal(ErrorCode.INVALID_FRAME, null, message);
  }
}
