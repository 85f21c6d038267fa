package dev.confab.systemtests.isolation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Bodies that fit an operation, made from its schema; from a table where that says too little. */
final class Bodies {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What a {@link Caller} fills in is in braces. */
  private static final Map<String, String> LISTED =
      Map.ofEntries(
          Map.entry("POST /api/v1/assistants", "{'name':'Sample'}"),
          Map.entry("PATCH /api/v1/assistants/{id}", "{'name':'Sample'}"),
          Map.entry("PATCH /api/v1/conversations/{id}", "{'title':'Sample'}"),
          Map.entry(
              "POST /api/v1/conversations/{id}/messages/{message_id}/regenerate",
              "{'assistant_id':''}"),
          Map.entry("PATCH /api/v1/conversations/{id}/participants/{user_id}", "{'role':'host'}"),
          Map.entry("POST /api/v1/conversations/{id}/invitations", "{'max_uses':3}"),
          Map.entry("POST /api/v1/support/dialogs", "{'assistant_id':''}"),
          Map.entry("POST /api/v1/support/sites", "{'name':'Sample'}"),
          Map.entry("PATCH /api/v1/support/sites/{id}", "{'name':'Sample'}"),
          Map.entry("PATCH /api/v1/auth/me", "{'name':'Sample'}"),
          Map.entry("POST /api/v1/auth/login", "{'username':'${name}','password':'${password}'}"),
          Map.entry("POST /api/v1/auth/refresh", "{'refresh_token':'${refresh_token}'}"),
          Map.entry(
              "POST /api/v1/auth/password",
              "{'current_password':'${password}','new_password':'${password}-new'}"),
          Map.entry(
              "POST /api/v1/auth/register",
              "{'username':'${name}x','email':'${name}x@example.org','password':'${password}x'}"));

  /** Words that only some members take. */
  private static final Map<String, String> WORDS =
      Map.of("kind", "assistant", "value", "up", "emoji", Ids.EMOJI);

  /** Members that must name something that exists, and need not be there. */
  private static final Set<String> LEFT_OUT = Set.of("model");

  /** A member of the schema that stands for any JSON. */
  private static final String OF_ANY_JSON = "missing_node";

  private Bodies() {}

  /**
   * A body.
   *
   * @throws IllegalArgumentException if there is none for this operation
   */
  static JsonNode of(String operation, JsonNode schema, UnaryOperator<JsonNode> resolver) {
    String listed = LISTED.get(operation);
    if (listed != null) {
      try {
        return MAPPER.readTree(listed.replace('\'', '"'));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
    JsonNode made = value("", schema, resolver);
    if (!made.isObject() || made.isEmpty() || made.has(OF_ANY_JSON)) {
      throw new IllegalArgumentException("its schema says too little for a body, list one");
    }
    return made;
  }

  /** Anything that fits a schema. */
  static JsonNode value(String name, JsonNode reference, UnaryOperator<JsonNode> resolver) {
    JsonNode schema = resolver.apply(reference);
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.path("enum").isArray()) {
      return schema.path("enum").get(0);
    }
    if (Schemas.is(schema, "object") || schema.has("properties")) {
      return object(schema, resolver);
    }
    if (Schemas.is(schema, "array")) {
      return JSON.arrayNode();
    }
    if (Schemas.is(schema, "string")) {
      return JSON.textNode(WORDS.getOrDefault(name, "Sample"));
    }
    if (Schemas.is(schema, "boolean")) {
      return JSON.booleanNode(false);
    }
    if (Schemas.is(schema, "integer") || Schemas.is(schema, "number")) {
      return JSON.numberNode(1);
    }
    for (String choice : new String[] {"anyOf", "oneOf", "allOf"}) {
      for (JsonNode one : schema.path(choice)) {
        if (!Schemas.is(resolver.apply(one), "null")) {
          return value(name, one, resolver);
        }
      }
    }
    return JSON.nullNode();
  }

  private static ObjectNode object(JsonNode schema, UnaryOperator<JsonNode> resolver) {
    ObjectNode object = JSON.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            member -> {
              if (!LEFT_OUT.contains(member.getKey())) {
                object.set(member.getKey(), value(member.getKey(), member.getValue(), resolver));
              }
            });
    return object;
  }
}
