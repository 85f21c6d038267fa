package dev.confab.chat.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.contracts.chat.Handoff;
import dev.confab.contracts.chat.Reaction;
import java.util.List;

/**
 * What few messages are beyond their text; each component may be null.
 *
 * @param handoff the change of who answers that the message tells of
 * @param mentions ids of users and assistants it addresses by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageDetails(Handoff handoff, List<String> mentions, List<Reaction> reactions) {
  /** A message that is its text. */
  public static final MessageDetails NONE = new MessageDetails(null, null, null);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The same, addressing others; null or none for nobody. */
  public MessageDetails mentioning(List<String> ids) {
    return new MessageDetails(handoff, ids == null || ids.isEmpty() ? null : ids, reactions);
  }

  /** The same, reacted to otherwise. */
  public MessageDetails reactedTo(List<Reaction> now) {
    return new MessageDetails(handoff, mentions, now.isEmpty() ? null : now);
  }

  /** What stays of it when the text is gone. */
  MessageDetails withoutText() {
    return new MessageDetails(handoff, null, null);
  }

  /** The column's text, null for {@link #NONE}. */
  public static String write(MessageDetails details) {
    try {
      return NONE.equals(details) ? null : JSON.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("details of a message cannot be written", e);
    }
  }

  static MessageDetails read(String json) {
    try {
      return json == null ? NONE : JSON.readValue(json, MessageDetails.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored details of a message cannot be read", e);
    }
  }
}
