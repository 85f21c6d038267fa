package dev.confab.systemtests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.systemtests.suite.Rest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The operations of the merged OpenAPI document, as it is served now. */
public final class Document {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** What is tried for query parameters that take one of some words. */
  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "state",
          List.of("active", "archived", "deleted"),
          "kind",
          List.of("assistant", "room", "support"),
          "format",
          List.of("json", "markdown"),
          "scope",
          List.of("own"),
          "tag",
          List.of("sample"),
          Operation.WORDS,
          List.of());

  private final JsonNode document;

  private Document(JsonNode document) {
    this.document = document;
  }

  /** Reads it. */
  public static Document of(Rest rest) {
    Response answer = rest.anonymous().get("/api/v1/openapi.json");
    answer.then().statusCode(200);
    return new Document(Rest.json(answer));
  }

  /**
   * All operations.
   *
   * @param misfits takes the name of each that these tests do not know how to call, and why
   */
  public List<Operation> operations(List<String> misfits) {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .forEach(
                        method -> {
                          String name = method.getKey().toUpperCase(Locale.ROOT);
                          try {
                            operations.add(
                                operation(name, path.getKey(), path.getValue(), method.getValue()));
                          } catch (IllegalArgumentException e) {
                            misfits.add(name + ' ' + path.getKey() + ": " + e.getMessage());
                          }
                        }));
    return operations;
  }

  private Operation operation(String method, String path, JsonNode item, JsonNode operation) {
    Set<Slot> slots = new LinkedHashSet<>();
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (JsonNode shared : item.path("parameters")) {
      parameter(path, resolved(shared), slots, query);
    }
    for (JsonNode own : operation.path("parameters")) {
      parameter(path, resolved(own), slots, query);
    }
    JsonNode body = null;
    JsonNode content = operation.path("requestBody").path("content");
    if (!content.isMissingNode()) {
      JsonNode schema = content.elements().next().path("schema");
      body = Bodies.of(method + ' ' + path, schema, this::resolved);
      for (String member : names(body)) {
        Kind.of(member).ifPresent(kind -> slots.add(new Slot(Slot.Place.BODY, member, kind)));
      }
    }
    return new Operation(method, path, List.copyOf(slots), query, body);
  }

  private void parameter(
      String path, JsonNode parameter, Set<Slot> slots, Map<String, List<String>> query) {
    String name = parameter.path("name").asText();
    switch (parameter.path("in").asText()) {
      case "path" -> slots.add(new Slot(Slot.Place.PATH, name, Kind.ofPath(name, path)));
      case "header" ->
          Kind.of(name).ifPresent(kind -> slots.add(new Slot(Slot.Place.HEADER, name, kind)));
      case "query" ->
          Kind.of(name)
              .ifPresentOrElse(
                  kind -> slots.add(new Slot(Slot.Place.QUERY, name, kind)),
                  () -> {
                    if (!query.containsKey(name)) {
                      choice(parameter, name, query);
                    }
                  });
      default -> throw new IllegalArgumentException("what is the parameter " + name + "?");
    }
  }

  private void choice(JsonNode parameter, String name, Map<String, List<String>> query) {
    JsonNode schema = resolved(parameter.path("schema"));
    if (Schemas.is(schema, "boolean")) {
      query.put(name, List.of("false"));
    } else if (CHOICES.containsKey(name)) {
      query.put(name, CHOICES.get(name));
    } else if (Schemas.is(schema, "string") && !name.equals("limit")) {
      throw new IllegalArgumentException("which values has the query parameter " + name + "?");
    }
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode there = node;
    while (there.has("$ref")) {
      there = document.at(there.path("$ref").asText().substring(1));
    }
    return there;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
