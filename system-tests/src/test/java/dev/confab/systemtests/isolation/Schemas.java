package dev.confab.systemtests.isolation;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON schemas, as far as the documents use them. */
final class Schemas {
  private Schemas() {}

  /** Whether a schema allows a type, alone or besides others. */
  static boolean is(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    if (types.isArray()) {
      for (JsonNode each : types) {
        if (each.asText().equals(type)) {
          return true;
        }
      }
    }
    return types.asText().equals(type);
  }
}
