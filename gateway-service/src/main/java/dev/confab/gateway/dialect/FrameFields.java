package dev.confab.gateway.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.contracts.ErrorCode;
import java.util.Collection;

/** Reads the fields of one frame's {@code data}; the first bad one throws a {@link Refusal}. */
final class FrameFields {
  static final int MAX_ID_CHARS = 128;

  /** A field has a value that is not allowed. Expected, so it has no stack trace. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final ErrorCode code;
    private final String field;

    Refusal(ErrorCode code, String field, String message) {
      super(message, null, false, false);
      this.code = code;
      this.field = field;
    }

    ErrorCode code() {
      return code;
    }

    String field() {
      return field;
    }
  }

  private final JsonNode data;

  FrameFields(JsonNode data) {
    this.data = data;
  }

  /** A server-made id. One that cannot be of ours belongs to nothing. */
  String id(String field) throws Refusal {
    String id = optionalId(field);
    if (id == null) {
      throw invalid(field, "is required: a string of 1 to " + MAX_ID_CHARS + " characters");
    }
    return id;
  }

  /** The same, or null if absent. */
  String optionalId(String field) throws Refusal {
    String id = optionalName(field);
    if (id != null && !id.chars().allMatch(FrameFields::isIdCharacter)) {
      throw new Refusal(ErrorCode.NOT_FOUND, field, "there is no such " + field);
    }
    return id;
  }

  /** A short text, 1 to {@value #MAX_ID_CHARS} printable characters, or null if absent. */
  String optionalName(String field) throws Refusal {
    JsonNode value = data.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!isName(value)) {
      throw invalid(field, "must be a string of 1 to " + MAX_ID_CHARS + " printable characters");
    }
    return value.textValue();
  }

  /** A text of at most {@code maxChars} UTF-16 units, or null if absent. */
  String optionalText(String field, int maxChars) throws Refusal {
    JsonNode value = data.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()
        || value.textValue().length() > maxChars
        || !isStorable(value.textValue())) {
      throw invalid(field, "must be a string of at most " + maxChars + " characters");
    }
    return value.textValue();
  }

  /** One of some words. */
  String oneOf(String field, Collection<String> words) throws Refusal {
    JsonNode value = data.get(field);
    if (value == null || !words.contains(value.textValue())) {
      throw invalid(field, "is required: one of " + String.join(", ", words));
    }
    return value.textValue();
  }

  /** The same, required. */
  String name(String field) throws Refusal {
    String name = optionalName(field);
    if (name == null) {
      throw invalid(field, "is required: a string of 1 to " + MAX_ID_CHARS + " characters");
    }
    return name;
  }

  /** A whole number from 0, or null if absent. */
  Long optionalPosition(String field) throws Refusal {
    JsonNode value = data.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw invalid(field, "must be a whole number from 0 to " + Long.MAX_VALUE);
    }
    return value.longValue();
  }

  long position(String field) throws Refusal {
    Long position = optionalPosition(field);
    if (position == null) {
      throw invalid(field, "is required: a whole number from 0 to " + Long.MAX_VALUE);
    }
    return position;
  }

  boolean flag(String field) throws Refusal {
    JsonNode value = data.get(field);
    if (value == null || !value.isBoolean()) {
      throw invalid(field, "is required: true or false");
    }
    return value.booleanValue();
  }

  /** A message's text: not blank, bounded, and storable as it is. */
  String content(String field, int maxChars) throws Refusal {
    JsonNode value = data.get(field);
    if (value == null || !value.isTextual()) {
      throw invalid(field, "is required: a string of 1 to " + maxChars + " characters");
    }
    String text = value.textValue();
    if (text.isBlank()) {
      throw new Refusal(
          ErrorCode.EMPTY_MESSAGE, field, field + " must have 1 to " + maxChars + " characters");
    }
    if (text.length() > maxChars && text.codePointCount(0, text.length()) > maxChars) {
      throw new Refusal(
          ErrorCode.MESSAGE_TOO_LONG, field, field + " must have 1 to " + maxChars + " characters");
    }
    if (!isStorable(text)) {
      throw invalid(field, "must be well-formed Unicode without the character U+0000");
    }
    return text;
  }

  /** {@code expected}, or absent. */
  void constant(String field, String expected) throws Refusal {
    JsonNode value = data.get(field);
    if (value != null && !expected.equals(value.textValue())) {
      throw invalid(field, "must be \"" + expected + "\"");
    }
  }

  static boolean isName(JsonNode value) {
    return value.isTextual()
        && !value.textValue().isEmpty()
        && value.textValue().length() <= MAX_ID_CHARS
        && isStorable(value.textValue())
        && value.textValue().codePoints().noneMatch(Character::isISOControl);
  }

  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean isIdCharacter(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '_'
        || c == '.'
        || c == '~'
        || c == ':';
  }

  private static Refusal invalid(String field, String rule) {
    return new Refusal(ErrorCode.INVALID_VALUE, field, field + ' ' + rule);
  }
}
