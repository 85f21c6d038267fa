package dev.confab.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/** Makes one OpenAPI document of several. */
final class Merge {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SCHEMAS = "#/components/schemas/";
  private static final String BEARER = "bearer";
  private static final List<String> PUBLIC =
      List.of("/api/v1/", "/.well-known/", "/ai-chat/api/", "/api/widget/", "/api/dialogs");

  private Merge() {}

  /**
   * One document for the public origin.
   *
   * @param documents by service; their schemas are told apart by its name
   */
  static ObjectNode of(Map<String, JsonNode> documents) {
    ObjectNode merged = JSON.objectNode();
    merged.put("openapi", "3.1.0");
    ObjectNode info = merged.putObject("info");
    info.put("title", "Confab");
    info.put("version", "1");
    merged.putArray("servers").addObject().put("url", "/");
    merged.putArray("security").addObject().putArray(BEARER);
    ObjectNode paths = merged.putObject("paths");
    ObjectNode components = merged.putObject("components");
    ObjectNode schemas = components.putObject("schemas");
    components
        .putObject("securitySchemes")
        .putObject(BEARER)
        .put("type", "http")
        .put("scheme", BEARER)
        .put("bearerFormat", "JWT");
    documents.forEach((service, document) -> add(service, document, paths, schemas));
    return merged;
  }

  private static void add(String service, JsonNode document, ObjectNode paths, ObjectNode schemas) {
    document
        .path("paths")
        .properties()
        .forEach(
            path -> {
              if (PUBLIC.stream().anyMatch(path.getKey()::startsWith)) {
                paths.set(path.getKey(), withOwnNames(service, path.getValue()));
              }
            });
    document
        .path("components")
        .path("schemas")
        .properties()
        .forEach(
            schema ->
                schemas.set(
                    name(service, schema.getKey()), withOwnNames(service, schema.getValue())));
  }

  private static String name(String service, String schema) {
    return service + '.' + schema;
  }

  private static JsonNode withOwnNames(String service, JsonNode node) {
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JSON.arrayNode();
      array.forEach(item -> copy.add(withOwnNames(service, item)));
      return copy;
    }
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode copy = JSON.objectNode();
    object
        .properties()
        .forEach(
            field -> copy.set(field.getKey(), field(service, field.getKey(), field.getValue())));
    return copy;
  }

  private static JsonNode field(String service, String name, JsonNode value) {
    if (name.equals("$ref") && value.asText().startsWith(SCHEMAS)) {
      String schema = value.asText().substring(SCHEMAS.length());
      return TextNode.valueOf(SCHEMAS + name(service, schema));
    }
    if (name.equals("security") && value.isArray()) {
      ArrayNode needed = JSON.arrayNode();
      if (!value.isEmpty()) {
        needed.addObject().putArray(BEARER);
      }
      return needed;
    }
    return withOwnNames(service, value);
  }
}
