package dev.confab.chat.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.confab.contracts.chat.Settings;

/**
 * An assistant that answers by request where it is not the conversation's own, as it was when it
 * was asked: what becomes of it meanwhile changes nothing.
 *
 * @param name under which it speaks
 * @param settings its own, in place of the conversation's
 * @param onBehalfOf the member in whose name it speaks, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Persona(String name, Settings settings, String onBehalfOf) {
  /** An assistant that speaks for itself. */
  public Persona(String name, Settings settings) {
    this(name, settings, null);
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The column's text, null for none. */
  public static String write(Persona persona) {
    try {
      return persona == null ? null : JSON.writeValueAsString(persona);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a persona cannot be written", e);
    }
  }

  /** What stands in a column, null for none. */
  public static Persona read(String json) {
    try {
      return json == null ? null : JSON.readValue(json, Persona.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored persona cannot be read", e);
    }
  }

  /** Never shows its prompt. */
  @Override
  public String toString() {
    return "Persona[" + name + ']';
  }
}
