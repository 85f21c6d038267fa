package dev.confab.systemtests.isolation;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The frames of clients, as {@code docs/asyncapi.yaml} lists them. */
public final class ClientFrames {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

  /**
   * One type of frame.
   *
   * @param slots where it takes ids; none if it is about nothing that belongs to anybody
   */
  public record ClientFrame(String type, List<Slot> slots, ObjectNode sample) {
    /** Its data with these ids. */
    public Map<String, Object> data(Ids ids) {
      ObjectNode data = sample.deepCopy();
      slots.forEach(slot -> Caller.put(data, slot, ids.of(slot.kind())));
      return JSON.convertValue(data, DATA);
    }

    @Override
    public String toString() {
      return type;
    }
  }

  private final JsonNode document;

  private ClientFrames(JsonNode document) {
    this.document = document;
  }

  /**
   * Reads them.
   *
   * @param misfits takes the type of each that these tests do not know how to send, and why
   */
  public static List<ClientFrame> of(Path repository, List<String> misfits) {
    try {
      String yaml = Files.readString(repository.resolve("docs/asyncapi.yaml"));
      return new ClientFrames(new YAMLMapper().readTree(yaml)).frames(misfits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ClientFrame> frames(List<String> misfits) {
    List<ClientFrame> frames = new ArrayList<>();
    for (JsonNode message : document.at("/operations/fromClient/messages")) {
      JsonNode payload = resolved(message).path("payload");
      String type = payload.at("/properties/type/const").asText();
      try {
        frames.add(frame(type, payload.path("properties").path("data")));
      } catch (IllegalArgumentException e) {
        misfits.add("frame " + type + ": " + e.getMessage());
      }
    }
    return frames;
  }

  private ClientFrame frame(String type, JsonNode schema) {
    List<Slot> slots = new ArrayList<>();
    ObjectNode sample =
        schema.isMissingNode()
            ? JSON.createObjectNode()
            : (ObjectNode) Bodies.value("data", schema, this::resolved);
    sample
        .fieldNames()
        .forEachRemaining(
            member ->
                Kind.of(member)
                    .ifPresent(kind -> slots.add(new Slot(Slot.Place.BODY, member, kind))));
    return new ClientFrame(type, List.copyOf(slots), sample);
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode there = node;
    while (there.has("$ref")) {
      there = document.at(there.path("$ref").asText().substring(1));
    }
    return there;
  }
}
